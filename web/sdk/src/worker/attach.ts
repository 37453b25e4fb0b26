import type { SendMessage } from "../shared/messages";
import { onClick } from "./click";
import { onClose } from "./close";
import { onSync, orLater } from "./network";
import { onPush } from "./push";
import { sendReceipts } from "./receipts";
import { renewSubscription } from "./subscription";
import { View } from "./view";

/** TypeScript's own list lacks it: only Chromium's browsers have Background Sync. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/**
 * Listens in this worker, which may be the site's own: what is not ours is left alone, and when a new version takes over
 * is for the site to say.
 */
export function attach(scope: ServiceWorkerGlobalScope): void {
  const view = new View();
  scope.addEventListener("push", event => event.waitUntil(onPush(scope, view, event.data?.text())));
  scope.addEventListener("notificationclick", event =>
    event.waitUntil(onClick(scope, view, event.notification, event.action)),
  );
  scope.addEventListener("notificationclose", event => event.waitUntil(onClose(scope, view, event.notification)));
  scope.addEventListener("pushsubscriptionchange", event => event.waitUntil(orLater(scope, renewSubscription)));
  scope.addEventListener("sync", event => {
    const { tag } = event as SyncEvent;
    (event as SyncEvent).waitUntil(onSync(scope, tag));
  });
  scope.addEventListener("message", event => {
    if ((event.data as SendMessage | null)?.type === "pushbell:send") event.waitUntil(orLater(scope, sendReceipts));
  });
}
