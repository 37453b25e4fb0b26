/** The entries of a field with one on each line; blanks and repetitions do not count. */
export function readLines(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

/** Why this is no origin as browsers send it (RFC 6454 §6.2), or nothing. */
export function originProblem(origin: string): string | undefined {
  const wrong = `“${origin}” must be an origin like https://app.example.com, without a path or trailing slash.`;
  try {
    const { protocol, origin: own } = new URL(origin);
    return (protocol === "https:" || protocol === "http:") && own === origin ? undefined : wrong;
  } catch {
    return wrong;
  }
}
