import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { recall, remember } from "./storage";

const NAME = "scheme";

/** Light, dark or the system's choice, as `public/scheme.js` reads it before everything else. */
export const schemeManager: MantineColorSchemeManager = {
  get: fallback => {
    const chosen = recall(NAME);
    return chosen === "light" || chosen === "dark" || chosen === "auto" ? chosen : fallback;
  },
  set: (scheme: MantineColorScheme) => remember(NAME, scheme),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => remember(NAME, "auto"),
};
