import { PushbellError } from "./error";

/** Registers the page's worker and waits until it runs, whether or not this page lies in its scope. */
export async function startWorker(url: string, scope: string | undefined): Promise<ServiceWorkerRegistration> {
  try {
    const registration = await navigator.serviceWorker.register(url, scope === undefined ? {} : { scope });
    const starting = registration.installing ?? registration.waiting;
    if (!registration.active && starting) await activated(starting);
    return registration;
  } catch (error) {
    throw PushbellError.from(error, "WORKER_FAILED", `The service worker ${url} could not be started: `);
  }
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("it was discarded while it was being installed"));
    };
    worker.addEventListener("statechange", check);
    check();
  });
}

/** The browser's subscription for this key: the one it has, or a new one. One made for another key is given up. */
export async function subscribe(worker: ServiceWorkerRegistration, vapidPublicKey: string): Promise<PushSubscription> {
  try {
    const present = await worker.pushManager.getSubscription();
    if (present && belongsTo(present, vapidPublicKey)) return present;
    await present?.unsubscribe();
    return await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: vapidPublicKey });
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
