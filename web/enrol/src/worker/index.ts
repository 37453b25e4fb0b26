import { keepNotifications } from "./keep";
import { serveOffline } from "./shell";

declare const self: ServiceWorkerGlobalScope;

// As on any other site: what shows notifications is the SDK's worker, this one only adds to it.
self.importScripts("/sdk/pushbell-sw.js");
keepNotifications(self);
serveOffline(self);

// A new version takes over at once: page and worker share nothing but the list, whose form is kept.
self.addEventListener("install", event => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
