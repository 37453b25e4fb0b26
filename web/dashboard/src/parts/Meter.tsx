import { tenths } from "../app/words";
import s from "./Meter.module.css";

interface MeterProps {
  readonly label: string;
  /** 0…1. */
  readonly share: number;
  readonly tone?: "normal" | "warn" | "bad" | "good";
  readonly moving?: boolean;
}

/** How far, or how full. What it says stands in words beside it. */
export function Meter({ label, share, tone = "normal", moving = false }: MeterProps) {
  const percent = tenths(Math.min(1, Math.max(0, share))) / 10;
  return (
    <div
      className={s.meter}
      role={moving ? "progressbar" : "meter"}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      data-tone={tone}
    >
      <div className={s.fill} style={{ width: `${percent}%` }} />
    </div>
  );
}

/** Green while there is room, then a warning. */
export function fullness(used: number, limit: number): "normal" | "warn" | "bad" {
  if (limit <= 0 || used >= limit) return "bad";
  return used / limit >= 0.8 ? "warn" : "normal";
}
