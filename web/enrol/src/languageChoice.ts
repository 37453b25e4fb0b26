const KEY = "pushbell-enrol:language";

/** The language that the visitor chose, here or on another service's page. */
export function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // The browser was told to keep nothing for sites.
  }
}

export function remember(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Then it holds for this visit.
  }
}
