import { PushbellError } from "./error";

/** The browser's subscription for this key: the one it has, or a new one. One made for another key is given up. */
export async function subscribe(worker: ServiceWorkerRegistration, vapidPublicKey: string): Promise<PushSubscription> {
  const present = await worker.pushManager.getSubscription();
  return present && belongsTo(present, vapidPublicKey) ? present : resubscribe(worker, vapidPublicKey);
}

/** A new subscription, whatever there was: one worker has one at most. */
export async function resubscribe(
  { pushManager }: ServiceWorkerRegistration,
  vapidPublicKey: string,
): Promise<PushSubscription> {
  try {
    await (await pushManager.getSubscription())?.unsubscribe();
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: vapidPublicKey });
  } catch (error) {
    throw PushbellError.from(error, "SUBSCRIBE_FAILED", "The browser could not subscribe: ");
  }
}

function belongsTo(subscription: PushSubscription, vapidPublicKey: string): boolean {
  const key = subscription.options.applicationServerKey;
  return key !== null && toBase64Url(key) === vapidPublicKey.replace(/=+$/, "");
}

function toBase64Url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
