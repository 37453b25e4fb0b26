import { applyColours } from "./colours/apply";
import type { Settings } from "./settings";

/** Gives the page the service's name, colours and, where it has one of its own, icon: on tabs and on Home Screens. */
export function putOn({ name, colors, icon }: Settings): void {
  document.title = name;
  applyColours(colors);
  if (icon === undefined || icon.startsWith(location.pathname)) return;
  for (const link of document.querySelectorAll('link[rel="icon"], link[rel="apple-touch-icon"]')) {
    link.removeAttribute("type");
    link.setAttribute("href", icon);
  }
}
