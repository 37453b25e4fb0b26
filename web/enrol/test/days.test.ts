import { describe, expect, it } from "vitest";
import { byDay, dayName } from "../src/notifications/days";

const now = new Date(2026, 2, 30, 9, 0);
const at = (...[day, hour]: [number, number]) => new Date(2026, 2, day, hour).getTime();
const note = (id: string, receivedAt: number) => ({ id, title: id, body: undefined, navigate: undefined, receivedAt });

describe("byDay", () => {
  it("groups by the calendar, not by hours", () => {
    const days = byDay([note("a", at(30, 8)), note("b", at(29, 23)), note("c", at(29, 1)), note("d", at(20, 12))], now);
    expect(days.map(({ ago, notifications }) => [ago, notifications.map(({ id }) => id)])).toEqual([
      [0, ["a"]],
      [1, ["b", "c"]],
      [10, ["d"]],
    ]);
  });

  it("counts what a wrong clock put into the future as today", () =>
    expect(byDay([note("a", at(31, 8))], now)).toMatchObject([{ ago: 0 }]));

  it("has no days for nothing", () => expect(byDay([], now)).toEqual([]));
});

describe("dayName", () => {
  it.each([
    [0, "en", "today"],
    [1, "de", "gestern"],
    [2, "en", "Saturday, March 28"],
    [30, "fr", "samedi 28 février"],
  ])("%i days ago in %s is %s", (ago, language, name) => expect(dayName(ago, now, language)).toBe(name));
});
