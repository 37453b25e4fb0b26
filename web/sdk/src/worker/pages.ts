import type { NotificationMessage } from "../shared/messages";
import type { NoticeData } from "./payload";

/** What a notification has to say, before it is shown and when it comes back with a click. */
interface Shown {
  readonly title: string;
  readonly body?: string;
  readonly tag?: string;
  readonly data?: NoticeData | null;
}

/** Tells every open page of this origin, those that the worker does not control too. */
export async function tellPages(
  scope: ServiceWorkerGlobalScope,
  type: NotificationMessage["type"],
  { title, body = "", tag = "", data }: Shown,
  action?: string,
): Promise<void> {
  const { pushbell, ...ownData } = data ?? {};
  const message: NotificationMessage = {
    type,
    id: pushbell?.id,
    title,
    body,
    tag,
    data: ownData,
    navigate: pushbell?.navigate,
    action,
  };
  for (const page of await openPages(scope)) page.postMessage(message);
}

export function openPages(scope: ServiceWorkerGlobalScope): Promise<readonly WindowClient[]> {
  return scope.clients.matchAll({ type: "window", includeUncontrolled: true });
}
