import { describe, expect, it } from "vitest";
import { query } from "../src/api/paths";
import { isUnderWay, shareDone } from "../src/app/progress";
import { includes } from "../src/app/roles";
import { describeAgent } from "../src/pages/account/agent";
import { passwordProblem } from "../src/pages/entrance/NewPassword";
import { reasonInWords } from "../src/pages/notifications/reasons";
import { originProblem, readLines } from "../src/pages/settings/rules";
import { planLimits, readLimit } from "../src/pages/usage/plans";
import { EMPTY, identifierOf, newServiceOf, stepProblem } from "../src/pages/wizard/draft";
import { spaced, ticks } from "../src/parts/chart/scale";
import { fullness } from "../src/parts/Meter";

describe("roles", () => {
  it("each include those before them", () => {
    const order = ["viewer", "sender", "admin", "owner"] as const;
    for (const [at, role] of order.entries()) {
      for (const [least, other] of order.entries()) expect(includes(role, other)).toBe(at >= least);
    }
  });
});

describe("origins", () => {
  it.each(["https://a.example", "http://localhost:3000", "https://a.example:8443"])("%s will do", origin =>
    expect(originProblem(origin)).toBeUndefined(),
  );

  it.each(["a.example", "https://a.example/", "https://a.example/x", "ftp://a.example", "HTTPS://A.example", "*"])(
    "%s will not",
    origin => expect(originProblem(origin)).toContain(origin),
  );

  it("are read one by one", () =>
    expect(readLines(" https://a\nhttps://b, https://a;\n")).toEqual(["https://a", "https://b"]));
});

describe("the wizard", () => {
  it.each([
    ["My application", "my-application"],
    ["Café Zürich!", "cafe-zurich"],
    ["--", ""],
    ["x".repeat(80), "x".repeat(63)],
    [`${"x".repeat(62)} y`, "x".repeat(62)],
  ])("makes %s into %s", (name, identifier) => expect(identifierOf(name)).toBe(identifier));

  const whole = { ...EMPTY, name: "Shop", identifier: "shop", contact: "ops@a.example", origins: "https://a.example" };

  it("lets each step be left when it is answered", () => {
    for (const step of [0, 1, 2, 3]) expect(stepProblem(step, whole)).toBeUndefined();
    expect(stepProblem(2, { ...whole, origins: "" })).toBeUndefined();
  });

  it.each([
    [0, { name: " " }],
    [0, { identifier: "Shop" }],
    [0, { identifier: "-shop" }],
    [1, { contact: "nobody" }],
    [2, { origins: "https://a.example/path" }],
    [3, { ownKey: true, privateKey: " " }],
  ])("keeps step %i with %j", (step, changes) => expect(stepProblem(step, { ...whole, ...changes })).toBeTruthy());

  it("sends a private key only where one is brought along", () => {
    expect(newServiceOf({ ...whole, privateKey: "secret" })).toEqual({
      identifier: "shop",
      name: "Shop",
      contact_email: "ops@a.example",
      allowed_origins: ["https://a.example"],
    });
    expect(newServiceOf({ ...whole, ownKey: true, privateKey: " secret " }).vapid_private_key).toBe("secret");
  });
});

describe("passwords", () => {
  it.each([
    ["short", "short", "a@b.c", "at least 12"],
    ["a-long-password", "another-password", "a@b.c", "not equal"],
    ["ann@example.com", "ann@example.com", "Ann@Example.com", "must not be the email"],
  ])("%s is refused", (password, repeated, email, sentence) =>
    expect(passwordProblem(password, repeated, email)).toContain(sentence),
  );

  it("are taken when they are long and equal", () =>
    expect(passwordProblem("twelve chars", "twelve chars", "a@b.c")).toBeUndefined());
});

describe("plans", () => {
  it.each([
    ["", null],
    ["1,000", 1_000],
    ["0", undefined],
    ["1.5", undefined],
    ["many", undefined],
    ["3000000000", undefined],
  ])("reads %j as %s", (text, limit) => expect(readLimit(text)).toBe(limit));

  it("says its limits", () => {
    expect(planLimits({ hourly: 1_000, daily: null })).toBe("1,000 an hour, any number a day");
    expect(planLimits({ hourly: null, daily: null })).toBe("None");
  });
});

describe("progress", () => {
  const known = { total_targets: 100, pending: 40, status: "processing" } as Parameters<typeof shareDone>[0];

  it.each([
    [{}, 0.6],
    [{ total_targets: 0, pending: 0, status: "queued" }, 0],
    [{ status: "completed" }, 1],
    [{ status: "cancelled" }, 1],
  ] as const)("of %j is %d", (changes, share) => expect(shareDone({ ...known, ...changes })).toBe(share));

  it.each([
    ["queued", 0, true],
    ["processing", 0, true],
    ["completed", 1, true],
    ["completed", 0, false],
    ["scheduled", 9, false],
    ["cancelled", 0, false],
  ] as const)("%s with %i pending is under way: %s", (status, pending, expected) =>
    expect(isUnderWay({ ...known, status, pending })).toBe(expected),
  );
});

describe("axes", () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [17_500, [0, 5_000, 10_000, 15_000, 20_000]],
    [100, [0, 50, 100]],
  ])("up to %i", (most, expected) => expect(ticks(most)).toEqual(expected));

  it("hold every number, in few steps", () => {
    for (let most = 1; most < 1_000_000; most = Math.ceil(most * 1.37)) {
      const all = ticks(most);
      expect(all.at(-1)).toBeGreaterThanOrEqual(most);
      expect(all.length).toBeLessThanOrEqual(6);
    }
  });

  it.each([
    [["a", "b", "c", "d"], 400, [0, 1, 2, 3]],
    [["a", "b", "c", "d"], 200, [0, 2]],
    [["a", "a", "b", "b", "c", "c"], 600, [0, 2, 4]],
    [["a", "b", "b", "b", "c", "c", "c"], 700, [1, 4]],
    [["a"], 600, [0]],
    [[], 600, []],
  ] as [string[], number, number[]][])("of %j on %i pixels label %j", (labels, width, expected) =>
    expect(spaced(labels, width, 56)).toEqual(expected),
  );
});

describe("words", () => {
  it("say who a browser is", () => {
    const chrome =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";
    expect(describeAgent(chrome)).toBe("Chrome on Windows");
    expect(describeAgent(`${chrome} Edg/126.0`)).toBe("Edge on Windows");
    expect(describeAgent("curl/8.5.0")).toBe("curl");
    expect(describeAgent("")).toBe("Unknown browser");
  });

  it("explain a reason that they do not know", () => {
    expect(reasonInWords("ttl_ended")).toContain("within the time");
    expect(reasonInWords("brand_new_reason")).toBe("Brand new reason.");
  });

  it("warn before something is full", () =>
    expect([fullness(1, 10), fullness(8, 10), fullness(10, 10), fullness(0, 0)]).toEqual([
      "normal",
      "warn",
      "bad",
      "bad",
    ]));

  it("leave out of a query what has no value", () => {
    expect(query({ a: undefined, b: "" })).toBe("");
    expect(query({ limit: 5, search: "a b" })).toBe("?limit=5&search=a+b");
  });
});
