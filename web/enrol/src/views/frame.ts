import bell from "../pictures/bell.svg?raw";
import globe from "../pictures/globe.svg?raw";
import type { Settings } from "../settings";
import { fill, type Language, languages, type Texts } from "../texts";
import { h, picture } from "./element";

/** The panel with the service's name, and a notification as it will look. */
export function hero(settings: Settings | undefined, texts: Texts): HTMLElement {
  if (!settings) return h("header", { class: "hero" }, h("div", { class: "brand" }, mark(picture(bell, "icon tile"))));
  const { name } = settings;
  return h(
    "header",
    { class: "hero" },
    h("div", { class: "brand" }, mark(icon(settings)), h("p", { class: "brand-name", dir: "auto" }, name)),
    h(
      "div",
      { class: "preview", "aria-hidden": "true" },
      h(
        "div",
        { class: "preview-card" },
        icon(settings),
        h("p", { class: "preview-from" }, h("b", { dir: "auto" }, name), h("span", {}, texts.previewTime)),
        h("p", { class: "preview-title" }, texts.previewTitle),
        h("p", { class: "preview-body" }, fill(texts.previewBody, { name })),
      ),
    ),
  );
}

/** The icon, with the sound that goes out from it. */
function mark(inner: HTMLElement): HTMLElement {
  return h("div", { class: "mark" }, h("span", { class: "rings", "aria-hidden": "true" }), inner);
}

/** The service's icon; its first letter where there is none. */
function icon({ name, icon: address }: Settings): HTMLElement {
  const letter = h("span", { class: "icon tile", "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? "");
  if (address === undefined) return letter;
  const image = h("img", { class: "icon", src: address, alt: "", width: "64", height: "64" });
  image.addEventListener("error", () => image.replaceWith(letter));
  return image;
}

export function languageSwitch(chosen: Language, onChoose: (language: Language) => void): HTMLElement {
  const select = h("select", { id: "language" });
  for (const [code, { languageName }] of Object.entries(languages)) {
    select.append(h("option", { value: code, lang: code, selected: code === chosen }, languageName));
  }
  select.addEventListener("change", () => onChoose(select.value as Language));
  const label = h("label", { for: "language", class: "unseen" }, languages[chosen].languageLabel);
  return h("footer", {}, h("div", { class: "language" }, label, picture(globe, "globe"), select));
}
