import { describe, expect, it } from "vitest";
import type { CreditMovement } from "../src/api/contract";
import { folded } from "../src/pages/usage/statement";

const movement = (
  kind: CreditMovement["kind"],
  amount: number,
  held_after: number,
  request_id: string | null = "req_1",
) =>
  ({
    kind,
    amount,
    held_after,
    request_id,
    available_after: 50,
    at: `2024-01-15T15:00:${held_after}Z`,
    note: null,
  }) as CreditMovement;

describe("folded", () => {
  it("makes one line of what a notification spent bit by bit, with the balance after the last bit", () =>
    expect(folded([movement("spend", 1, 10), movement("spend", 57, 11), movement("spend", 8, 68)])).toEqual([
      movement("spend", 66, 10),
    ]));

  it("keeps holds, returns and top-ups as they are", () => {
    const all = [
      movement("return", 1, 10),
      movement("return", 1, 11),
      movement("hold", 50, 12),
      movement("top-up", 5, 13, null),
      movement("top-up", 5, 14, null),
    ];
    expect(folded(all)).toEqual(all);
  });

  it("keeps apart what is of two notifications, or does not follow one another", () => {
    const all = [
      movement("spend", 1, 10),
      movement("spend", 2, 11, "req_2"),
      movement("spend", 3, 12),
      movement("return", 1, 13),
      movement("spend", 4, 14),
    ];
    expect(folded(all)).toEqual(all);
  });

  it("of nothing is nothing", () => expect(folded([])).toEqual([]));
});
