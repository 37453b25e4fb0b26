import { fill } from "../texts";

export type Content = Node | string | undefined;

type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** A new element. Text stays text: it may come from anybody. Functions listen to the event they are named after. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...content.filter(part => part !== undefined));
  return made;
}

/** A text whose **marked** words are strong, with values in its {gaps}. */
export function rich(text: string, values: Record<string, string> = {}): DocumentFragment {
  const made = document.createDocumentFragment();
  text
    .split("**")
    .forEach((part, at) => made.append(at % 2 ? h("strong", {}, fill(part, values)) : fill(part, values)));
  return made;
}

/** One of our own drawings. It says nothing that the words beside it do not. */
export function picture(svg: string, className = "picture"): HTMLElement {
  const made = h("span", { class: className, "aria-hidden": "true" });
  made.innerHTML = svg;
  return made;
}
