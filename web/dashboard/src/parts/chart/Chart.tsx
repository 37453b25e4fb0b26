import { useEffect, useRef, useState } from "react";
import type { Overview } from "../../api/contract";
import type { Range } from "../../api/paths";
import { clock, count, day, moment, short } from "../../app/words";
import { spaced, ticks } from "./scale";
import { Values } from "./Values";
import s from "./Chart.module.css";

type Bucket = Overview["buckets"][number];

const HEIGHT = 280;
const LABEL_WIDTH = 56;
const MARGIN = { top: 12, right: 8, bottom: 28, left: 48 };
const SERIES = [
  ["accepted", "Accepted"],
  ["failed", "Failed"],
  ["shown", "Shown"],
  ["clicked", "Clicked"],
] as const;

/** Accepted and failed as bars one upon the other, shown and clicked as lines; all of it as a table too. */
export default function Chart({ buckets, range }: { buckets: readonly Bucket[]; range: Range }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState<number>();
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const axis = ticks(Math.max(...buckets.map(bucket => Math.max(bucket.accepted + bucket.failed, bucket.shown)), 0));
  const top = axis.at(-1)!;
  const slot = inner / Math.max(1, buckets.length);
  const x = (index: number) => MARGIN.left + slot * index;
  const y = (value: number) => MARGIN.top + (HEIGHT - MARGIN.top - MARGIN.bottom) * (1 - value / top);
  const line = (name: "shown" | "clicked") =>
    buckets.map((bucket, index) => `${index ? "L" : "M"}${x(index) + slot / 2} ${y(bucket[name])}`).join("");
  const bar = Math.max(2, Math.min(28, slot * 0.62));
  const labels = labelsOf(buckets, range, inner);
  const pointed = at === undefined ? undefined : buckets[at];

  return (
    <div>
      <ul className={s.legend}>
        {SERIES.map(([name, label]) => (
          <li key={name} data-series={name}>
            {label}
          </li>
        ))}
      </ul>
      <div
        ref={box}
        className={s.box}
        onPointerLeave={() => setAt(undefined)}
        onPointerMove={event => {
          const left = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
          const index = Math.floor(left / slot);
          setAt(index >= 0 && index < buckets.length ? index : undefined);
        }}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {axis.map(value => (
            <g key={value}>
              <line className={s.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} />
              <text className={s.tick} x={MARGIN.left - 10} y={y(value)} dy="0.32em" textAnchor="end">
                {short(value)}
              </text>
            </g>
          ))}
          {at !== undefined && (
            <rect
              className={s.pointed}
              x={x(at)}
              width={slot}
              y={MARGIN.top}
              height={HEIGHT - MARGIN.top - MARGIN.bottom}
            />
          )}
          {buckets.map((bucket, index) => {
            const left = x(index) + (slot - bar) / 2;
            const accepted = y(bucket.accepted);
            return (
              <g key={bucket.at}>
                <rect
                  data-series="accepted"
                  className={s.bar}
                  x={left}
                  width={bar}
                  y={accepted}
                  height={y(0) - accepted}
                />
                <rect
                  data-series="failed"
                  className={s.bar}
                  x={left}
                  width={bar}
                  y={y(bucket.accepted + bucket.failed)}
                  height={accepted - y(bucket.accepted + bucket.failed)}
                />
                {labels.has(index) && (
                  <text className={s.tick} x={x(index) + slot / 2} y={HEIGHT - 8} textAnchor="middle">
                    {labels.get(index)}
                  </text>
                )}
              </g>
            );
          })}
          <path data-series="shown" className={s.line} d={line("shown")} />
          <path data-series="clicked" className={s.line} d={line("clicked")} />
        </svg>
        {pointed && (
          <div
            className={s.tip}
            data-side={at! > buckets.length / 2 ? "left" : "right"}
            style={{ left: x(at!) + slot / 2 }}
          >
            <strong>{moment(pointed.at)}</strong>
            {SERIES.map(([name, label]) => (
              <span key={name} data-series={name}>
                {label} <b>{count(pointed[name])}</b>
              </span>
            ))}
          </div>
        )}
      </div>
      <Values buckets={buckets} />
    </div>
  );
}

/** What stands under the bars: each hour or day once, and no more of them than there is room for. */
function labelsOf(buckets: readonly Bucket[], range: Range, width: number): Map<number, string> {
  const all = buckets.map(({ at }) => (range === "day" ? clock(at) : day(at).replace(/ \d{4}$/, "")));
  return new Map(spaced(all, width, LABEL_WIDTH).map(index => [index, all[index]!]));
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
