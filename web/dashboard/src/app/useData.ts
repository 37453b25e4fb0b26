import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/client";
import { sentenceOf } from "../api/error";
import type { Path } from "../api/paths";
import { Cache } from "./cache";

export const cache = new Cache(path => api.get(path));

export interface Data<T> {
  readonly data: T | undefined;
  /** A sentence. There may be data beside it: what was known before. */
  readonly error: string | undefined;
  /** Nothing to show yet. */
  readonly isFirst: boolean;
  readonly reload: () => Promise<void>;
}

/** What the API says at this path; asked for anew on every arrival at the page and, if so wished, every so often. */
export function useData<T>(path: Path<T> | undefined, everyMs?: number): Data<T> {
  const watch = useCallback((changed: () => void) => (path ? cache.watch(path, changed) : () => undefined), [path]);
  const entry = useSyncExternalStore(watch, () => (path ? cache.peek(path) : undefined));
  const reload = useCallback(() => (path ? cache.load(path) : Promise.resolve()), [path]);

  useEffect(() => void reload(), [reload]);
  useEffect(() => {
    if (!everyMs) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void reload(), everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);

  const data = entry?.data as T | undefined;
  return {
    data,
    error: entry?.error && !entry.loading ? sentenceOf(entry.error) : undefined,
    isFirst: path !== undefined && data === undefined && !(entry?.error && !entry.loading),
    reload,
  };
}

/** The pages of a long list, one after the other; a new `pathOf` (another filter) begins with the first. */
export function usePages<T extends { next: string | null }>(
  key: string,
  pathOf: (after: string | undefined) => Path<T>,
  everyMs?: number,
) {
  const [place, setPlace] = useState<{ key: string; cursors: string[] }>({ key, cursors: [] });
  const cursors = place.key === key ? place.cursors : [];
  const shown = useData<T>(pathOf(cursors.at(-1)), everyMs);
  const next = shown.data?.next ?? null;
  return {
    ...shown,
    page: cursors.length + 1,
    onPrevious: cursors.length > 0 ? () => setPlace({ key, cursors: cursors.slice(0, -1) }) : undefined,
    onNext: next === null ? undefined : () => setPlace({ key, cursors: [...cursors, next] }),
  };
}
