import { isInstalled } from "../../../sdk/src/page/environment";
import type { SettingsAnswer } from "../settings";
import { readDevice } from "./device";
import type { Situation } from "./state";

/** Reads the browser. What cannot be asked at once (`privateWindow`, the service) is handed in. */
export function observe(service: SettingsAnswer, registered: boolean, privateWindow: boolean): Situation {
  const workers = "serviceWorker" in navigator;
  return {
    service,
    device: readDevice(navigator),
    installed: isInstalled(),
    secure: isSecureContext,
    online: navigator.onLine,
    supported: workers && "PushManager" in window && "Notification" in window,
    privateWindow,
    permission: "Notification" in window ? Notification.permission : "unsupported",
    registered,
  };
}

/**
 * Firefox and Safari refuse a private window the origin's file system, and older Firefox service workers too. Chromium
 * gives no sign; there the refusal to subscribe tells.
 */
export async function looksPrivate(): Promise<boolean> {
  if (!isSecureContext) return false;
  if (navigator.userAgent.includes("Firefox/") && !("serviceWorker" in navigator)) return true;
  if (!("storage" in navigator && "getDirectory" in navigator.storage)) return false;
  return navigator.storage.getDirectory().then(
    () => false,
    () => true,
  );
}
