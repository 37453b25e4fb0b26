import { ar } from "./ar";
import { de } from "./de";
import { en, type Texts } from "./en";
import { es } from "./es";
import { fr } from "./fr";

export type { Texts } from "./en";

export const languages = { en, de, fr, es, ar } satisfies Record<string, Texts>;

export type Language = keyof typeof languages;

const RIGHT_TO_LEFT: Language[] = ["ar"];

/** The visitor's own choice if there is one, else the first of the browser's languages that there is, else English. */
export function chooseLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [chosen, ...preferred].map(tag => tag?.toLowerCase().split("-")[0]);
  return wanted.find((tag): tag is Language => Object.keys(languages).includes(tag ?? "")) ?? "en";
}

export function direction(language: Language): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
}

/** Puts values into the text's {gaps}. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => values[name] ?? gap);
}
