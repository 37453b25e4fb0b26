import { useEffect, useState } from "react";
import { ago, moment } from "../app/words";

/** How long ago, or when; the other one on pointing at it. */
export function Moment({ at, exact = false }: { at: string; exact?: boolean }) {
  const now = useNow();
  const [said, hidden] = exact ? [moment(at), ago(at, now)] : [ago(at, now), moment(at)];
  return (
    <time dateTime={at} title={hidden}>
      {said}
    </time>
  );
}

/** The time, to half a minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
