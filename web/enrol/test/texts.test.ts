import { describe, expect, it } from "vitest";
import { chooseLanguage, direction, fill, languages } from "../src/texts";

type Leaves = Record<string, string>;

function leaves(texts: object, path = ""): Leaves {
  return Object.entries(texts).reduce<Leaves>(
    (all, [key, value]) =>
      typeof value === "string" ? { ...all, [path + key]: value } : { ...all, ...leaves(value, `${path}${key}.`) },
    {},
  );
}

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const english = leaves(languages.en);

describe.each(Object.entries(languages))("texts in %s", (_, texts) => {
  const own = leaves(texts);

  it("are the same as in English", () => expect(Object.keys(own)).toEqual(Object.keys(english)));

  it("are all there", () => expect(Object.entries(own).filter(([, text]) => text.trim() === "")).toEqual([]));

  it("leave out no value, and ask for none that English does not", () => {
    for (const [key, text] of Object.entries(own)) {
      expect([...new Set(gaps(text))], key).toEqual([...new Set(gaps(english[key]!))]);
    }
  });

  it("close what they mark", () => {
    for (const [key, text] of Object.entries(own)) expect(text.split("**").length % 2, key).toBe(1);
  });
});

it.each(["de", "fr", "es", "ar"] as const)("nothing in %s was left in English", code => {
  const own = leaves(languages[code]);
  expect(Object.keys(own).filter(key => own[key] === english[key])).toEqual([]);
});

describe("Arabic", () => {
  it("is written from right to left, and keeps names in order", () => {
    expect(direction("ar")).toBe("rtl");
    const bare = Object.values(leaves(languages.ar)).filter(text => /(?<!\u2068)\{\w+\}|\{\w+\}(?!\u2069)/.test(text));
    expect(bare).toEqual([]);
  });

  it("is the only one that is", () => expect(direction("fr")).toBe("ltr"));
});

describe("chooseLanguage", () => {
  it.each([
    [null, ["de-AT", "en"], "de"],
    [null, ["nl", "es-419"], "es"],
    [null, ["AR-eg"], "ar"],
    [null, ["nl"], "en"],
    [null, ["constructor"], "en"],
    [null, [], "en"],
    ["fr", ["de"], "fr"],
    ["xx", ["de"], "de"],
  ] as const)("of %s and %j is %s", (chosen, preferred, language) =>
    expect(chooseLanguage(chosen, preferred)).toBe(language),
  );
});

describe("fill", () => {
  it("puts every value in, as it is", () =>
    expect(fill("{name}: {email}, {name}", { name: "$& {email}", email: "a@b" })).toBe("$& {email}: a@b, $& {email}"));
});
