/** Numbers and moments as people read them. */
const LOCALE = "en-GB";
const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

/** `12,345`. */
export function count(value: number): string {
  return whole.format(value);
}

/** `12.3K`: for axes. */
export function short(value: number): string {
  return compact.format(value);
}

/** `12 clients`, `1 client`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `97.4% of shown`; of nothing there is nothing to say. */
export function shareOf(part: number, total: number, of = ""): string {
  return total > 0 ? [percentage(part, total), of].filter(Boolean).join(" ") : "";
}

/** `97.4%`; nothing of nothing is a dash. */
export function share(part: number, total: number): string {
  return total > 0 ? percentage(part, total) : "–";
}

/** `BFkLAHym1Gu4…j_O6PMQ`: enough of a public key to tell it from others. */
export function shortKey(key: string): string {
  return `${key.slice(0, 12)}…${key.slice(-6)}`;
}

/** A share in tenths of a percent. What is not all is not rounded up to it. */
export function tenths(share: number): number {
  const nearest = Math.round(share * 1_000);
  return nearest === 1_000 && share < 1 ? 999 : nearest;
}

function percentage(part: number, total: number): string {
  const rounded = tenths(part / total);
  return rounded === 0 && part > 0 ? "< 0.1%" : percent.format(rounded / 1_000);
}

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const MINUTE: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** `15 Jan 2024, 15:00`, in the time zone of this browser or the one given. */
export function moment(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, { ...DAY, ...MINUTE, ...zone(timeZone) }).format(new Date(iso));
}

/** `15 Jan 2024`. */
export function day(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, { ...DAY, ...zone(timeZone) }).format(new Date(iso));
}

/** `15:00`. */
export function clock(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, { ...MINUTE, ...zone(timeZone) }).format(new Date(iso));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `5 minutes ago`, `in 2 hours`; more than a month away, the day itself. */
export function ago(iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1_000;
  if (Math.abs(seconds) < 45) return "just now";
  if (Math.abs(seconds) > 30 * 86_400) return day(iso);
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? (["minute", 60] as const);
  return relative.format(Math.round(seconds / size) || Math.sign(seconds), unit);
}

/** `1 day`, `90 minutes`, `2 weeks`: of a TTL in seconds. */
export function duration(seconds: number): string {
  if (seconds === 0) return "only at once";
  for (const [unit, size] of [
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const) {
    if (seconds % size === 0) return counted(seconds / size, unit);
  }
  return counted(seconds, "second");
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
