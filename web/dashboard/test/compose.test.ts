import { describe, expect, it } from "vitest";
import { bodyOf, type Draft, draftOf, EMPTY, momentOf, peopleOf } from "../src/pages/compose/draft";
import { characters, problems, usage } from "../src/pages/compose/limits";
import { newId } from "../src/pages/compose/random";

const draft: Draft = { ...EMPTY, title: "Hello", body: "World" };
const NOW = Date.parse("2024-01-15T15:00:00Z");

describe("characters", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["👍", 1],
    ["é", 1],
    ["e\u0301", 2],
    ["👨‍👩‍👧", 5],
  ])("of %j are %i", (text, length) => expect(characters(text)).toBe(length));

  it("are told with their limit", () => {
    expect(usage("👍".repeat(100), 100)).toEqual({ text: "100 / 100", isOver: false });
    expect(usage("👍".repeat(101), 100)).toEqual({ text: "101 / 100", isOver: true });
  });
});

describe("problems", () => {
  it("are none of a title, a text and everyone", () => expect(problems(draft, NOW)).toEqual({}));

  it.each<[keyof Draft, Partial<Draft>]>([
    ["title", { title: "  " }],
    ["title", { title: "x".repeat(101) }],
    ["body", { body: "" }],
    ["body", { body: "x".repeat(256) }],
    ["url", { url: "javascript:alert(1)" }],
    ["url", { url: "example.com" }],
    ["topic", { topic: "two words" }],
    ["topic", { topic: "x".repeat(33) }],
    ["badgeCount", { badgeCount: "-1" }],
    ["data", { data: "[1]" }],
    ["data", { data: "{" }],
    ["actions", { actions: [{ title: "", url: "" }] }],
    ["actions", { actions: [{ title: "Open", url: "ftp://x" }] }],
    ["people", { target: "emails", people: " \n" }],
    ["people", { target: "user_ids", people: Array.from({ length: 10_001 }, (_, at) => at).join("\n") }],
    ["sendAt", { sendAt: "2000-01-01T00:00" }],
  ])("are found in %s: %j", (name, changes) =>
    expect(Object.keys(problems({ ...draft, ...changes }, NOW))).toEqual([name]),
  );

  it("leave what is at the limit alone", () =>
    expect(
      problems(
        {
          ...draft,
          title: "👍".repeat(100),
          body: "x".repeat(255),
          topic: "x".repeat(32),
          badgeCount: "0",
          data: "{}",
        },
        NOW,
      ),
    ).toEqual({}));
});

describe("bodyOf", () => {
  it("leaves out what is empty", () =>
    expect(bodyOf(draft)).toEqual({ title: "Hello", body: "World", urgency: "normal", ttl: 86_400, target_all: true }));

  it.each([
    ["emails", "a@b.c, d@e.f\na@b.c", { target_user_emails: ["a@b.c", "d@e.f"] }],
    ["user_ids", "user 1\n\n user 2 ", { target_user_ids: ["user 1", "user 2"] }],
    ["clients", "reg_1 reg_2", { target_registration_ids: ["reg_1", "reg_2"] }],
  ] as const)("names %s once each, and no other target", (target, people, expected) => {
    const body = bodyOf({ ...draft, target, people });
    expect(body).toMatchObject(expected);
    expect(Object.keys(body).filter(name => name.startsWith("target"))).toHaveLength(1);
    expect(peopleOf({ ...draft, target, people })).toHaveLength(2);
  });

  it("comes back from what a notification has said", () => {
    const full: Draft = {
      ...draft,
      url: "https://a.example/",
      icon: "https://a.example/i.png",
      image: "https://a.example/b.png",
      badge: "https://a.example/m.png",
      tag: "t",
      topic: "p",
      urgency: "high",
      ttl: 60,
      actions: [
        { title: "One", url: "" },
        { title: "Two", url: "https://a.example/2" },
      ],
      requireInteraction: true,
      silent: true,
      renotify: true,
      badgeCount: "3",
      data: '{\n  "a": 1\n}',
    };
    expect(draftOf(bodyOf(full))).toEqual(full);
  });

  it("takes what the server says of absent fields for nothing", () =>
    expect(draftOf({ title: "a", body: "b", url: null, actions: [], data: null, badge_count: null })).toEqual({
      ...EMPTY,
      title: "a",
      body: "b",
    }));

  it("schedules in UTC, to the second", () => {
    const local = "2030-06-01T12:30";
    expect(momentOf(local)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    expect(new Date(momentOf(local)).getTime()).toBe(new Date(local).getTime());
  });
});

it("newId never comes twice", () => {
  const ids = new Set(Array.from({ length: 1_000 }, newId));
  expect(ids.size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});
