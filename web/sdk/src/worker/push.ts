import { atMost5s, tellServer } from "./network";
import { tellPages } from "./pages";
import { type Notice, readPayload } from "./payload";
import type { View } from "./view";

/** Shows the notification first and foremost; the badge, the open pages and the server come after it. */
export async function onPush(scope: ServiceWorkerGlobalScope, view: View, payload: string | undefined): Promise<void> {
  const copy = crypto.randomUUID();
  const notice = readPayload(payload, copy);
  view.show(notice.options.tag ?? "", copy);
  await show(scope, notice);
  await atMost5s(
    setBadge(scope, notice.appBadge),
    tellPages(scope, "pushbell:push", { title: notice.title, ...notice.options }),
    tellServer(scope, notice.options.data.pushbell?.id, "shown"),
  );
}

/** A browser that refuses one of the finer options still gets to show the words. */
async function show({ registration }: ServiceWorkerGlobalScope, { title, options }: Notice): Promise<void> {
  try {
    await registration.showNotification(title, options);
  } catch {
    const { body, tag, data } = options;
    await registration.showNotification(title, { body, tag, data });
  }
}

/** A decoration that only installed apps have: not worth an error. */
async function setBadge({ navigator }: ServiceWorkerGlobalScope, count: number | undefined): Promise<void> {
  if (count === undefined || !("setAppBadge" in navigator)) return;
  await navigator.setAppBadge(count);
}
