import { expect, it } from "vitest";
import { isActiveNow } from "../src/pages/clients/device";
import { failedOf } from "../src/pages/notifications/outcomes";

it("what was cancelled has not failed", () => {
  const outcomes = { accepted: 1, gone: 2, rejected: 3, expired: 4, cancelled: 20 };
  expect(failedOf({ failed_sends: 29, outcomes })).toBe(9);
});

it.each([
  ["active", true, true],
  ["active", false, false],
  ["unregistered", true, false],
  ["expired", true, false],
  ["inactive", true, false],
] as const)("a client that is %s, online %s, is active now: %s", (status, is_online, expected) =>
  expect(isActiveNow({ status, is_online })).toBe(expected),
);
