import { atMost5s, tellServer } from "./network";
import { openPages, tellPages } from "./pages";
import type { NoticeData } from "./payload";
import type { View } from "./view";

/** Tells the open pages, leads the user where the button or the notification points, and reports the click. */
export async function onClick(
  scope: ServiceWorkerGlobalScope,
  view: View,
  notification: Notification,
  action: string,
): Promise<void> {
  const links = (notification.data as NoticeData | null)?.pushbell;
  if (!links) return; // The site's own notification, which its own handler sees to.
  view.click(notification.tag);
  notification.close();
  await tellPages(scope, "pushbell:click", notification, action);
  const { id, actions, navigate } = links;
  await Promise.all([
    goTo(scope, webAddress(actions?.[action] ?? navigate, scope.registration.scope)),
    atMost5s(tellServer(scope, id, "clicked", action || undefined)),
  ]);
}

/** Focuses a page that shows the address already, or opens one. Without an address, any page of the app will do. */
async function goTo(scope: ServiceWorkerGlobalScope, target: string | undefined): Promise<void> {
  const app = scope.registration.scope;
  const pages = await openPages(scope);
  const page = pages.find(({ url }) => (target ? isSame(url, target) : url.startsWith(app)));
  await (page ? page.focus() : scope.clients.openWindow(target ?? app));
}

/** A page keeps its address when it scrolls to a fragment of itself. */
function isSame(page: string, target: string): boolean {
  return page === target || page.split("#")[0] === target;
}

function webAddress(address: string | undefined, base: string): string | undefined {
  if (!address) return undefined;
  try {
    // URL.canParse is younger than web push on iOS: Safari has it since 17.
    const { protocol, href } = new URL(address, base);
    return protocol === "https:" || protocol === "http:" ? href : undefined;
  } catch {
    return undefined;
  }
}
