import { fill } from "../texts";
import { h } from "./element";
import type { Visit } from "./visit";

/** A quiet offer, only while the browser can do it. It comes and goes by itself, so that nobody's typing is disturbed. */
export function installOffer(name: string, { texts, install }: Visit): HTMLElement {
  const button = h(
    "button",
    { type: "button", class: "quiet", click: () => void install.show() },
    texts.install.button,
  );
  const offer = h(
    "aside",
    { class: "install", "aria-labelledby": "install-title" },
    h("div", {}, h("h2", { id: "install-title" }, texts.install.title), h("p", {}, fill(texts.install.body, { name }))),
    button,
  );
  const showOrHide = () => (offer.hidden = !install.isPossible);
  install.onChange = showOrHide;
  showOrHide();
  return offer;
}
