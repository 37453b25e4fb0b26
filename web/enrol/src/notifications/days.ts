import type { KeptNotification } from "./list";

/** The notifications of one calendar day of the reader's. */
export interface Day {
  /** 0 is today, 1 yesterday. */
  readonly ago: number;
  readonly notifications: KeptNotification[];
}

/** Groups what comes newest first; a clock that was set back counts as today. */
export function byDay(notifications: readonly KeptNotification[], now: Date): Day[] {
  const days: Day[] = [];
  for (const notification of notifications) {
    const ago = Math.max(0, daysBetween(new Date(notification.receivedAt), now));
    const last = days[days.length - 1];
    if (last?.ago === ago) last.notifications.push(notification);
    else days.push({ ago, notifications: [notification] });
  }
  return days;
}

/** "today", "yesterday", or the date, as the language has it. */
export function dayName(ago: number, now: Date, language: string): string {
  if (ago < 2) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago);
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(date);
}

/** In calendar days, so that a day of 23 or 25 hours is one too. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  return day(to) - day(from);
}
