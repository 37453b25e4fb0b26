import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { DryRun } from "../../api/contract";
import { sentenceOf } from "../../api/error";
import { bodyOf, type Draft } from "./draft";

export interface Trial {
  readonly answer?: DryRun;
  readonly error?: string;
  readonly busy: boolean;
}

const PAUSE_MS = 500;

/** What the server says of the draft without sending it: whom it reaches, how large it is, what it costs. */
export function useDryRun(path: string, draft: Draft, isComplete: boolean): Trial {
  const [trial, setTrial] = useState<Trial>({ busy: false });
  const asked = isComplete ? JSON.stringify({ ...bodyOf(draft), dry_run: true }) : undefined;

  useEffect(() => {
    if (asked === undefined) {
      setTrial({ busy: false });
      return;
    }
    let isWanted = true;
    setTrial(before => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      api.post<DryRun>(path, JSON.parse(asked)).then(
        answer => isWanted && setTrial({ answer, busy: false }),
        error => isWanted && setTrial({ error: sentenceOf(error), busy: false }),
      );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [path, asked]);

  return trial;
}
