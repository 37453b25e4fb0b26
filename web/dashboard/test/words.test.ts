import { describe, expect, it } from "vitest";
import { ago, clock, count, counted, day, duration, moment, share, shareOf, short, shortKey } from "../src/app/words";

describe("numbers", () => {
  it.each([
    [0, "0"],
    [1_234_567, "1,234,567"],
  ])("count of %i is %s", (value, text) => expect(count(value)).toBe(text));

  it.each([
    [950, "950"],
    [12_300, "12.3K"],
    [5_000_000, "5M"],
  ])("short of %i is %s", (value, text) => expect(short(value)).toBe(text));

  it.each([
    [1, "1 client"],
    [0, "0 clients"],
    [2_000, "2,000 clients"],
  ])("counted %i", (value, text) => expect(counted(value, "client")).toBe(text));

  it("has plurals of their own", () => expect(counted(2, "entry", "entries")).toBe("2 entries"));

  it.each([
    [974, 1_000, "97.4%"],
    [1, 1, "100%"],
    [100_000, 100_028, "99.9%"],
    [28, 100_028, "< 0.1%"],
    [0, 100_028, "0%"],
    [0, 0, "–"],
  ])("share of %i in %i is %s", (part, total, text) => expect(share(part, total)).toBe(text));

  it("shareOf says of what, and nothing of nothing", () => {
    expect(shareOf(1, 4, "of shown")).toBe("25% of shown");
    expect(shareOf(1, 4)).toBe("25%");
    expect(shareOf(0, 0, "of shown")).toBe("");
  });
});

describe("keys", () => {
  it("are told by how they begin and end", () =>
    expect(shortKey(`BFkLAHym1Gu4${"x".repeat(69)}O6PMQ_`)).toBe("BFkLAHym1Gu4…O6PMQ_"));
});

describe("moments", () => {
  const at = "2024-01-15T15:00:00Z";

  it("are told in the zone of who reads them", () => {
    expect(moment(at, "UTC")).toBe("15 Jan 2024, 15:00");
    expect(moment(at, "Asia/Tokyo")).toBe("16 Jan 2024, 00:00");
    expect(day(at, "Asia/Tokyo")).toBe("16 Jan 2024");
    expect(clock(at, "America/New_York")).toBe("10:00");
  });

  it.each([
    [10, "just now"],
    [-10, "just now"],
    [50, "1 minute ago"],
    [-7_300, "in 2 hours"],
    [3_600, "1 hour ago"],
    [86_400, "yesterday"],
    [-3 * 86_400, "in 3 days"],
    [40 * 86_400, "15 Jan 2024"],
  ])("%i seconds before now is %s", (seconds, text) =>
    expect(ago(at, new Date(at).getTime() + seconds * 1_000)).toBe(text),
  );
});

describe("durations", () => {
  it.each([
    [0, "only at once"],
    [1, "1 second"],
    [90, "90 seconds"],
    [5_400, "90 minutes"],
    [86_400, "1 day"],
    [2_419_200, "4 weeks"],
  ])("of %i seconds is %s", (seconds, text) => expect(duration(seconds)).toBe(text));
});
