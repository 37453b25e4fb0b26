import type { Settings, SettingsAnswer } from "../settings";
import { type Device, isTooOldForPush } from "./device";

/** Everything that decides what a visitor sees. */
export interface Situation {
  readonly service: SettingsAnswer;
  readonly device: Device;
  /** The page runs as an app of its own, from a home screen or a dock. */
  readonly installed: boolean;
  readonly secure: boolean;
  readonly online: boolean;
  /** Service workers, push and notifications are all there. */
  readonly supported: boolean;
  /** The browser behaves as it does in private windows only. */
  readonly privateWindow: boolean;
  readonly permission: NotificationPermission | "unsupported";
  readonly registered: boolean;
}

/** Where blocked notifications are allowed again: every browser hides it elsewhere. */
export type Remedy =
  | "chrome"
  | "chromeAndroid"
  | "samsung"
  | "firefox"
  | "firefoxAndroid"
  | "safari"
  | "homeScreen"
  | "installedDesktop"
  | "installedAndroid"
  | "other";

/** What the page shows. Each of these is one picture and one plain message. */
export type State =
  | { readonly kind: "unreachable" | "offline" | "missing" | "insecure" }
  | { readonly kind: "oldSystem" | "privateWindow" | "unsupported" }
  | { readonly kind: "otherBrowser"; readonly browser: string | undefined }
  | ({ readonly kind: "denied"; readonly remedy: Remedy } & OfService)
  | ({ readonly kind: "addToHomeScreen"; readonly tablet: boolean } & OfService)
  | ({ readonly kind: "ownSite" | "ready" | "subscribed" } & OfService);

interface OfService {
  readonly settings: Settings;
}

/** Whether this browser may be subscribed, was before, or could be: then the SDK has to look after it. */
export function canBeSubscribed({ secure, supported, device, installed }: Situation): boolean {
  return secure && supported && (installed || device.system !== "ios");
}

/** The first obstacle that the visitor can do something about, or what comes when there is none. */
export function decide(situation: Situation): State {
  const { service, device, installed, online, permission } = situation;
  if (service.kind === "missing") return { kind: "missing" };
  if (service.kind === "unreachable") return { kind: online ? "unreachable" : "offline" };
  const { settings } = service;

  if (situation.registered && permission === "granted") return { kind: "subscribed", settings };
  if (settings.identity === "required") return { kind: "ownSite", settings };
  if (!situation.secure) return { kind: "insecure" };
  if (device.system === "ios") {
    if (isTooOldForPush(device)) return { kind: "oldSystem" };
    // An app from the Home Screen no longer names Safari, though it is nothing else.
    if (!installed && device.browser !== "Safari") return { kind: "otherBrowser", browser: device.browser };
    if (!installed) return { kind: "addToHomeScreen", tablet: device.tablet, settings };
  }
  if (situation.privateWindow) return { kind: "privateWindow" };
  if (!situation.supported) return { kind: "unsupported" };
  if (permission === "denied") return { kind: "denied", remedy: remedy(device, installed), settings };
  return online ? { kind: "ready", settings } : { kind: "offline" };
}

function remedy({ system, browser }: Device, installed: boolean): Remedy {
  if (system === "ios") return "homeScreen";
  if (installed) return system === "android" ? "installedAndroid" : "installedDesktop";
  if (browser === "Samsung Internet") return "samsung";
  if (browser === "Safari") return "safari";
  if (browser === "Firefox") return system === "android" ? "firefoxAndroid" : "firefox";
  if (browser === undefined) return "other";
  return system === "android" ? "chromeAndroid" : "chrome";
}
