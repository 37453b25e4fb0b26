import bellOff from "../pictures/bellOff.svg?raw";
import browser from "../pictures/browser.svg?raw";
import cloud from "../pictures/cloud.svg?raw";
import compass from "../pictures/compass.svg?raw";
import door from "../pictures/door.svg?raw";
import lock from "../pictures/lock.svg?raw";
import mask from "../pictures/mask.svg?raw";
import update from "../pictures/update.svg?raw";
import type { Settings } from "../settings";
import type { Remedy } from "../situation/state";
import { fill } from "../texts";
import { h, picture, rich } from "./element";
import type { Visit } from "./visit";

export type PlainNotice =
  "unreachable" | "offline" | "missing" | "insecure" | "oldSystem" | "privateWindow" | "unsupported";

const PICTURES: Record<PlainNotice, string> = {
  unreachable: cloud,
  offline: cloud,
  missing: door,
  insecure: lock,
  oldSystem: update,
  privateWindow: mask,
  unsupported: browser,
};

/** Those that can pass while the page is open. */
const PASSING: PlainNotice[] = ["unreachable", "offline"];

/** One plain sentence on why it does not work here, and what to do. */
export function plainNotice(kind: PlainNotice, { texts, actions }: Visit): HTMLElement[] {
  const { title, body } = texts[kind];
  const again = h("button", { type: "button", class: "primary", click: actions.checkAgain }, texts.checkAgain);
  return [...opening(PICTURES[kind], title, body), ...(PASSING.includes(kind) ? [again] : [])];
}

export function ownSite({ name }: Settings, { texts }: Visit): HTMLElement[] {
  return opening(door, fill(texts.ownSite.title, { name }), fill(texts.ownSite.body, { name }));
}

export function denied({ name }: Settings, remedy: Remedy, { texts, actions }: Visit): HTMLElement[] {
  const words = texts.denied;
  return [
    ...opening(bellOff, words.title, words.body),
    h("p", { class: "remedy" }, rich(words[remedy], { name })),
    ...(remedy === "homeScreen" || remedy.startsWith("installed")
      ? []
      : [h("p", { class: "fine" }, words.privateHint)]),
    h("button", { type: "button", class: "primary", click: actions.checkAgain }, texts.checkAgain),
  ];
}

export function otherBrowser(browserName: string | undefined, { texts, folder }: Visit): HTMLElement[] {
  const words = texts.otherBrowser;
  const address = new URL(folder, location.href).href;
  const field = h("input", { id: "address", readonly: true, value: address, dir: "ltr" });
  const done = h("span", { role: "status", class: "fine" });
  const copy = async () => {
    field.select();
    // Without the clipboard the selected address is one gesture away from being copied by hand.
    await navigator.clipboard.writeText(address).then(
      () => (done.textContent = words.copied),
      () => undefined,
    );
  };
  const named = browserName === undefined ? "" : `${fill(words.named, { browser: browserName })} `;
  return [
    ...opening(compass, words.title, named + words.body),
    h("label", { for: "address", class: "unseen" }, words.address),
    field,
    h("button", { type: "button", class: "primary", click: () => void copy() }, words.copy),
    done,
  ];
}

function opening(drawing: string, title: string, body: string): HTMLElement[] {
  return [picture(drawing), h("h1", { tabindex: "-1" }, title), h("p", { class: "lead" }, body)];
}
