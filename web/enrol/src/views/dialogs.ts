import { failureText } from "../failure";
import { fill } from "../texts";
import { h } from "./element";
import { emailForm } from "./emailForm";
import type { Visit } from "./visit";

export function changeEmailDialog(name: string, { texts, email, actions }: Visit): HTMLDialogElement {
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" });
  const form = emailForm({
    texts,
    name,
    email,
    submit: texts.subscribed.save,
    beside: h("button", { type: "button", class: "quiet", click: () => dialog.close() }, texts.cancel),
    send: async entered => {
      await actions.changeEmail(entered);
      dialog.close();
    },
  });
  dialog.append(h("h2", { id: "dialog-title" }, texts.subscribed.changeEmail), form);
  return dialog;
}

export function turnOffDialog(name: string, { texts, actions }: Visit): HTMLDialogElement {
  const words = texts.subscribed;
  const error = h("p", { class: "error", role: "alert" });
  const dialog = h(
    "dialog",
    { "aria-labelledby": "dialog-title", "aria-describedby": "dialog-body" },
    h("h2", { id: "dialog-title" }, words.turnOffTitle),
    h("p", { id: "dialog-body" }, fill(words.turnOffBody, { name })),
    error,
  );
  const turnOff = () =>
    void actions.turnOff().then(
      () => dialog.close(),
      reason => (error.textContent = fill(texts.failed[failureText(reason)], { name })),
    );
  dialog.append(
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "danger", click: turnOff }, words.turnOff),
      h("button", { type: "button", class: "quiet", autofocus: true, click: () => dialog.close() }, words.keep),
    ),
  );
  return dialog;
}
