import type { NotificationSummary } from "../../api/contract";

/** What was tried in vain. The API counts what was cancelled with it, as deliveries that have ended otherwise. */
export function failedOf({ failed_sends, outcomes }: Pick<NotificationSummary, "failed_sends" | "outcomes">): number {
  return failed_sends - outcomes.cancelled;
}
