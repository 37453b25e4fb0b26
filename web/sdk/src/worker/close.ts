import { atMost5s, tellServer } from "./network";
import type { NoticeData } from "./payload";
import type { View } from "./view";

/** Reports that the user has put the notification away without a click. */
export async function onClose(scope: ServiceWorkerGlobalScope, view: View, { tag, data }: Notification): Promise<void> {
  const { id, copy } = (data as NoticeData | null)?.pushbell ?? {};
  if (view.isDismissal(tag, copy)) await atMost5s(tellServer(scope, id, "dismissed"));
}
