import { atMost5s, tellServer } from "./network";
import type { NoticeData } from "./payload";

/** The user has put the notification away without a click. */
export async function onClose(scope: ServiceWorkerGlobalScope, { data }: Notification): Promise<void> {
  await atMost5s(tellServer(scope, (data as NoticeData | null)?.pushbell?.id, "dismissed"));
}
