import { failureText } from "../failure";
import { fill, type Texts } from "../texts";
import { type Content, h } from "./element";

interface EmailForm {
  readonly texts: Texts;
  readonly name: string;
  readonly email: string | undefined;
  readonly submit: string;
  /** What stands beside the button, in its row. */
  readonly beside?: Content;
  /** Runs in one tick with the tap. */
  send(email: string): Promise<void>;
}

/** An email, a button, and a line for what went wrong. */
export function emailForm({ texts, name, email = "", submit, beside, send }: EmailForm): HTMLFormElement {
  const input = h("input", {
    id: "email",
    type: "email",
    name: "email",
    autocomplete: "email",
    inputmode: "email",
    placeholder: "name@example.com",
    dir: "ltr",
    required: true,
    "aria-describedby": "email-error",
    value: email,
  });
  const error = h("p", { id: "email-error", class: "error", role: "alert" });
  const button = h("button", { type: "submit", class: "primary" }, h("span", {}, submit));

  const fail = (sentence: string, wrongEmail: boolean) => {
    error.textContent = sentence;
    input.setAttribute("aria-invalid", String(wrongEmail));
    if (wrongEmail) input.focus();
  };

  const form = h("form", { class: "email-form", novalidate: true });
  form.append(
    h("label", { for: "email" }, texts.ready.email),
    input,
    error,
    beside === undefined ? button : h("div", { class: "row" }, button, beside),
  );
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    fail("", false);
    if (!input.value.trim() || !input.checkValidity()) return fail(texts.failed.email, true);
    // Not `disabled`: that would take the focus away from the button.
    form.setAttribute("aria-busy", "true");
    send(input.value.trim())
      .catch(reason => fail(fill(texts.failed[failureText(reason)], { name }), failureText(reason) === "email"))
      .finally(() => form.setAttribute("aria-busy", "false"));
  });
  return form;
}
