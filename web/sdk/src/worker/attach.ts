import { onClick } from "./click";
import { onPush } from "./push";

/** Listens in this worker. A new version takes over at once: pages and worker share nothing that could disagree. */
export function attach(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener("install", event => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener("activate", event => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("push", event => event.waitUntil(onPush(scope, event.data?.text())));
  scope.addEventListener("notificationclick", event =>
    event.waitUntil(onClick(scope, event.notification, event.action)),
  );
}
