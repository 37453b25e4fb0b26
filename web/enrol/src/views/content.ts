import type { State } from "../situation/state";
import { addToHomeScreen } from "./addToHomeScreen";
import { denied, otherBrowser, ownSite, plainNotice } from "./notice";
import { ready } from "./ready";
import { subscribed } from "./subscribed";
import type { Visit } from "./visit";

/** What a state looks like. */
export function content(state: State, visit: Visit): HTMLElement[] {
  switch (state.kind) {
    case "ready":
      return ready(state.settings, visit);
    case "subscribed":
      return subscribed(state.settings, visit);
    case "addToHomeScreen":
      return addToHomeScreen(state.settings, state.tablet, visit);
    case "otherBrowser":
      return otherBrowser(state.browser, visit);
    case "denied":
      return denied(state.settings, state.remedy, visit);
    case "ownSite":
      return ownSite(state.settings, visit);
    default:
      return plainNotice(state.kind, visit);
  }
}
