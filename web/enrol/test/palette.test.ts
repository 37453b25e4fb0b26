import { describe, expect, it } from "vitest";
import { contrast, format, parse } from "../src/colours/colour";
import { palette, type Scheme } from "../src/colours/palette";

const CHANNEL = ["00", "33", "66", "99", "cc", "ff"];
const EVERY_COLOUR = CHANNEL.flatMap(r => CHANNEL.flatMap(g => CHANNEL.map(b => `#${r}${g}${b}`)));
const BACKGROUNDS = ["#ffffff", "#fff7ed", "#808080", "#1a1a2e", "#000000", undefined];

/** Text on each of these, and what only shows a control. */
const TEXTS = ["ink", "muted", "accentInk", "bad", "good"] as const;
const GROUNDS = ["ground", "surface", "tint"] as const;

describe.each<Scheme>(["light", "dark"])("palette, %s", scheme => {
  it.each(BACKGROUNDS)("reads for every colour of a service on %s", background => {
    const unreadable: string[] = [];
    for (const theme of EVERY_COLOUR) {
      const colours = palette(theme, background, scheme);
      const demand = (on: keyof typeof colours, under: keyof typeof colours, ratio: number) => {
        const found = contrast(colours[on], colours[under]);
        if (found < ratio) unreadable.push(`${theme}: ${on} on ${under} is ${found.toFixed(2)}`);
      };
      for (const under of GROUNDS) {
        for (const text of TEXTS) demand(text, under, 4.5);
        demand("controlLine", under, 3);
        demand("accentLine", under, 3);
      }
      demand("onAccent", "accent", 4.5);
      demand("onHero", "hero", 4.5);
      demand("onHero", "heroEnd", 4.5);
    }
    expect(unreadable).toEqual([]);
  });

  it("takes the service's colour as it is where it reads", () =>
    expect(format(palette("#0a7d4f", undefined, "light").accent)).toBe("#0a7d4f"));

  it("does without colours, and without good ones", () => {
    for (const nonsense of [undefined, "", "red", "#12", "url(x)"]) {
      expect(palette(nonsense, nonsense, scheme)).toEqual(palette(undefined, undefined, scheme));
    }
  });
});

describe("a service's background", () => {
  it.each<[string, Scheme, boolean]>([
    ["#fff7ed", "light", true],
    ["#fff7ed", "dark", false],
    ["#101418", "light", false],
    ["#101418", "dark", true],
    ["#808080", "light", false],
  ])("%s by %s is taken: %s", (background, scheme, taken) =>
    expect(format(palette("#123456", background, scheme).ground) === background).toBe(taken),
  );
});

describe("colours", () => {
  it("come back as they were", () => {
    for (const hex of EVERY_COLOUR) expect(format(parse(hex)!)).toBe(hex);
    expect(format(parse("#F80")!)).toBe("#ff8800");
  });

  it("contrast as WCAG says", () => {
    expect(contrast(parse("#fff")!, parse("#000")!)).toBeCloseTo(21, 5);
    expect(contrast(parse("#767676")!, parse("#ffffff")!)).toBeCloseTo(4.54, 2);
  });
});
