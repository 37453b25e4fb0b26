import { useMemo, useSyncExternalStore } from "react";

/** What the address says after its `#`: `#/org_1/srv_2/clients?status=active`. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
  return { path: `/${path.split("/").filter(Boolean).join("/")}`, query: new URLSearchParams(search) };
}

/** The address of a page. Values of `query` that are empty are left out. */
export function href(path: string, query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `#${path}${given.length > 0 ? `?${new URLSearchParams(given)}` : ""}`;
}

/** Matches `/:organization/members`; the names with their values, or `undefined`. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const found = path.split("/");
  if (wanted.length !== found.length) return undefined;
  const values: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const text = found[at]!;
    if (name.startsWith(":")) {
      if (text === "") return undefined;
      values[name.slice(1)] = decode(text);
    } else if (name !== text) return undefined;
  }
  return values;
}

export interface Route<P> {
  readonly pattern: string;
  readonly page: P;
}

/** The first route that matches; those with fewer placeholders stand first in the table. */
export function choose<P>(
  routes: readonly Route<P>[],
  path: string,
): { page: P; params: Record<string, string> } | undefined {
  for (const { pattern, page } of routes) {
    const params = match(pattern, path);
    if (params) return { page, params };
  }
  return undefined;
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return useMemo(() => readPlace(hash), [hash]);
}

export function go(address: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = address;
    return;
  }
  history.replaceState(null, "", address);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function listen(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
