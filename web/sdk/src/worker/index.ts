import { attach } from "./attach";

declare const self: ServiceWorkerGlobalScope;

attach(self);
