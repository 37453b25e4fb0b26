import type { ReactNode } from "react";
import s from "./Facts.module.css";

/** Names and values, one under the other. What has no value is left out. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={s.facts}>
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => (
          <div key={name} className={s.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** One number that matters, with what it is of. */
export function Figure({
  name,
  value,
  note,
  tone,
}: {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: string;
}) {
  return (
    <div className={s.figure} data-tone={tone}>
      <span className={s.name}>{name}</span>
      <span className={s.value}>{value}</span>
      {note && <span className={s.note}>{note}</span>}
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <div className={s.figures}>{children}</div>;
}
