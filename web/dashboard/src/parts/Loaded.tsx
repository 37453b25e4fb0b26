import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Data } from "../app/useData";
import { Failed } from "./Notice";
import s from "./Loaded.module.css";

interface LoadedProps<T> {
  readonly of: Data<T>;
  /** How many lines the skeleton has. */
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What has been asked for: a skeleton first, then it; when asking failed, the sentence and another try. */
export function Loaded<T>({ of, lines = 4, children }: LoadedProps<T>) {
  return (
    <>
      {of.error !== undefined && (
        <div className={s.failed}>
          <Failed
            error={of.error}
            action={
              <Button size="xs" variant="default" onClick={() => void of.reload()}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {of.data !== undefined ? children(of.data) : of.isFirst ? <Lines count={lines} /> : null}
    </>
  );
}

export function Lines({ count }: { count: number }) {
  return (
    <div className={s.lines} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} height={14} width={`${[92, 78, 86, 64][at % 4]}%`} />
      ))}
    </div>
  );
}
