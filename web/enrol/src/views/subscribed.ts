import bell from "../pictures/bell.svg?raw";
import type { Settings } from "../settings";
import { fill } from "../texts";
import { changeEmailDialog, turnOffDialog } from "./dialogs";
import { h, picture } from "./element";
import { installOffer } from "./installOffer";
import { notificationList } from "./notificationList";
import type { Visit } from "./visit";

/** What has arrived, and the two things to change. */
export function subscribed(settings: Settings, visit: Visit): HTMLElement[] {
  const { texts, email, online, notifications } = visit;
  const { name } = settings;
  const words = texts.subscribed;
  return [
    h(
      "div",
      { class: "status" },
      picture(bell, "status-bell"),
      h(
        "div",
        { class: "status-words" },
        h("h1", { tabindex: "-1" }, words.title),
        h("p", { class: "whom" }, email ? fill(words.forEmail, { email }) : words.forNobody),
      ),
    ),
    h(
      "div",
      { class: "row controls" },
      opener("change-email", words.changeEmail, () => changeEmailDialog(name, visit)),
      opener("turn-off", words.turnOff, () => turnOffDialog(name, visit)),
    ),
    ...(online ? [] : [h("p", { class: "banner" }, words.offline)]),
    installOffer(name, visit),
    h(
      "section",
      { class: "latest", "aria-labelledby": "latest-title" },
      h("h2", { id: "latest-title" }, words.latest),
      notifications.length > 0 ? notificationList(visit) : h("p", { class: "empty" }, fill(words.empty, { name })),
    ),
  ];
}

/** Dialogs lie outside of what is drawn anew; afterwards the focus is back where it was, as far as that is still there. */
function opener(id: string, label: string, dialog: () => HTMLDialogElement): HTMLButtonElement {
  const open = () => {
    const opened = dialog();
    opened.addEventListener("close", () => {
      opened.remove();
      (document.getElementById(id) ?? document.querySelector("h1"))?.focus();
    });
    document.body.append(opened);
    opened.showModal();
  };
  return h("button", { id, type: "button", class: "quiet", "aria-haspopup": "dialog", click: open }, label);
}
