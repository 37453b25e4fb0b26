import { tellPages } from "./pages";
import { type Notice, readPayload } from "./payload";

/** Shows the notification first and foremost; the badge and the open pages come after it. */
export async function onPush(scope: ServiceWorkerGlobalScope, payload: string | undefined): Promise<void> {
  const notice = readPayload(payload);
  await show(scope, notice);
  await Promise.all([
    setBadge(scope, notice.appBadge),
    tellPages(scope, "pushbell:push", { title: notice.title, ...notice.options }),
  ]);
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
  await navigator.setAppBadge(count).catch(() => undefined);
}
