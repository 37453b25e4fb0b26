import { isAppleMobile } from "./device";
import { PushbellError } from "../shared/error";

/** Why this page cannot have notifications at all, with a sentence that says what to do. */
export function lackOfSupport(): PushbellError | undefined {
  if (!isSecureContext) {
    return new PushbellError("INSECURE_CONTEXT", "Notifications need a page served over HTTPS, or from localhost.");
  }
  if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) return undefined;
  if (isAppleMobile(navigator) && !isInstalled()) {
    return new PushbellError(
      "INSTALL_REQUIRED",
      "On iPhone and iPad, notifications work once this page is on the Home Screen: Share, then Add to Home Screen.",
    );
  }
  return new PushbellError("UNSUPPORTED", "This browser does not support push notifications.");
}

export function requireSupport(): void {
  const lack = lackOfSupport();
  if (lack) throw lack;
}

export function currentPermission(): NotificationPermission | "unsupported" {
  return "Notification" in window ? Notification.permission : "unsupported";
}

export function refusal(): PushbellError | undefined {
  if (currentPermission() !== "denied") return undefined;
  return new PushbellError(
    "PERMISSION_DENIED",
    "Notifications are blocked for this site. They can be allowed again in the browser's site settings.",
  );
}

/** Asks the user. Browsers answer "denied" unasked when this does not run straight from a click or a key press. */
export async function requestPermission(): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer !== "granted") {
    throw refusal() ?? new PushbellError("PERMISSION_DISMISSED", "The question was closed without an answer.");
  }
}

/** Whether the page runs as an app of its own, from the home screen or a dock. */
export function isInstalled(): boolean {
  const asApp = matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches;
  return asApp || ("standalone" in navigator && navigator.standalone === true);
}
