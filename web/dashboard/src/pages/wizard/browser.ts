import { describeAgent } from "../account/agent";

/** Why there is no point in offering a test in this browser, or nothing. */
export function obstacle(): string | undefined {
  if (!isSecureContext)
    return "Browsers allow notifications over HTTPS only, and on http://localhost. Open the dashboard there.";
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    return "This browser has no push notifications, or is in a private window. On an iPhone, use the hosted page, added to the Home Screen.";
  }
  if (Notification.permission === "denied") {
    return "This browser blocks notifications from here. Allow them in its settings for this site, then come back.";
  }
  return undefined;
}

/** Subscribes this browser under a scope of the service's own: a scope has one subscription, and that belongs to one key. */
export async function subscribe(service: string, vapidKey: string): Promise<PushSubscriptionJSON> {
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Error("Notifications were not allowed. Press the button again and choose Allow.");
  }
  const base = import.meta.env.BASE_URL;
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, { scope: `${base}test/${service}/` });
  await active(registration);
  const applicationServerKey = bytesOf(vapidKey);
  const before = await registration.pushManager.getSubscription();
  // The key may have been rotated since.
  if (before && !isSame(before.options.applicationServerKey, applicationServerKey)) await before.unsubscribe();
  try {
    return (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })).toJSON();
  } catch {
    throw new Error(
      "The browser could not reach its push service. Check the network, and that this is no private window.",
    );
  }
}

export function deviceInfo(): Record<string, string> {
  const [browser_name = "Unknown", os_name = "Unknown"] = describeAgent(navigator.userAgent).split(" on ");
  return { browser_name, os_name, device_type: /Mobi|Android/.test(navigator.userAgent) ? "mobile" : "desktop" };
}

/** Hears from the service worker what it has shown. */
export function onArrival(arrived: (requestId: string) => void): () => void {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const listen = ({ data }: MessageEvent<{ type?: string; id?: string } | null>) => {
    if (data?.type === "pushbell:push" && data.id) arrived(data.id);
  };
  container?.addEventListener("message", listen);
  return () => container?.removeEventListener("message", listen);
}

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
}

function isSame(one: ArrayBuffer | null, other: Uint8Array): boolean {
  if (!one || one.byteLength !== other.length) return false;
  const bytes = new Uint8Array(one);
  return other.every((byte, at) => bytes[at] === byte);
}

function active(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker || worker.state === "activated") return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant")
        reject(new Error("The service worker could not be installed. Reload the page and try again."));
    });
  });
}
