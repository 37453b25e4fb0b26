import { useCallback, useRef, useState } from "react";
import { sentenceOf } from "../api/error";

export interface Action<A extends unknown[]> {
  /** Resolves to whether it has been done. A second press while it runs does nothing. */
  readonly run: (...args: A) => Promise<boolean>;
  readonly busy: boolean;
  /** Why the last try failed, as a sentence. */
  readonly error: string | undefined;
  readonly forget: () => void;
}

/** Something that the user does and that may fail. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const running = useRef(false);
  const latest = useRef(work);
  latest.current = work;

  const run = useCallback(async (...args: A) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await latest.current(...args);
      return true;
    } catch (problem) {
      setError(sentenceOf(problem));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  return { run, busy, error, forget: useCallback(() => setError(undefined), []) };
}
