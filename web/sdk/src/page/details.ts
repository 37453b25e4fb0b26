import type { RegistrationDetails } from "../shared/api";
import { deviceInfo } from "./device";
import { isInstalled } from "./environment";

/** What this browser says about itself now. */
export function currentDetails(known?: RegistrationDetails): RegistrationDetails {
  return {
    device_info: deviceInfo(navigator),
    // An installed app and the browser's tabs are one registration: whoever installed it still has it beside a tab.
    is_installed: isInstalled() || known?.is_installed === true,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Browsers give their fields in one order always, and so do we. */
export function sameDetails(a: RegistrationDetails, b: RegistrationDetails): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
