import type { Settings } from "../settings";
import { format } from "./colour";
import { palette, type Scheme } from "./palette";

/** Puts the service's colours on the page, and changes them with day and night. */
export function applyColours({ theme, background }: Settings["colors"]): void {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => paint(theme, background, night.matches ? "dark" : "light");
  night.onchange = apply;
  apply();
}

function paint(theme: string | undefined, background: string | undefined, scheme: Scheme): void {
  const colours = palette(theme, background, scheme);
  // Through the object model: the content security policy allows no style in the markup.
  const { style } = document.documentElement;
  for (const [name, colour] of Object.entries(colours)) style.setProperty(toProperty(name), format(colour));
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", format(colours.hero));
}

function toProperty(name: string): string {
  return `--${name.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)}`;
}
