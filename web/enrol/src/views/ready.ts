import type { Settings } from "../settings";
import { fill } from "../texts";
import { h } from "./element";
import { emailForm } from "./emailForm";
import { installOffer } from "./installOffer";
import type { Visit } from "./visit";

/** An email and a tap. */
export function ready({ name }: Settings, visit: Visit): HTMLElement[] {
  const { texts, email, actions } = visit;
  const asking = h("p", { class: "fine", role: "status" }, texts.ready.promise);
  const form = emailForm({
    texts,
    name,
    email,
    submit: texts.ready.submit,
    send: async entered => {
      asking.textContent = texts.ready.asking;
      await actions.turnOn(entered).finally(() => (asking.textContent = texts.ready.promise));
    },
  });
  return [
    h("h1", { tabindex: "-1" }, fill(texts.ready.title, { name })),
    h("p", { class: "lead" }, fill(texts.ready.lead, { name })),
    form,
    asking,
    installOffer(name, visit),
  ];
}
