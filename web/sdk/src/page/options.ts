export interface PushbellOptions {
  /** `pk_…`: safe in a page; works only from the origins that the service allows. */
  organizationPublishableKey: string;
  /** The origin of the Pushbell server, for example `https://push.example.com`. */
  serviceUrl: string;
  /** When given, `initialize()` refuses a key that belongs to another organization. */
  organizationId?: string;
  /** When given, `initialize()` refuses a key that belongs to another service. */
  serviceId?: string;
  /** Your service worker, on your own origin; it must `importScripts` our `pushbell-sw.js`. Default `/pushbell-sw.js`. */
  workerUrl?: string;
  /** The worker's scope. Default: the worker's own folder. */
  workerScope?: string;
}

/** Who uses this browser. Both parts are optional, and a registration may have neither. */
export interface Identity {
  email?: string;
  /** Your own id of the user. */
  userId?: string;
  /** A proof of the identity that your backend signed; asked for by services that verify identities. */
  token?: string;
}
