import type { CreditMovement } from "../../api/contract";

/**
 * The movements as people read them, the newest first: deliveries of one notification are settled a few at a time, and
 * what so follows one another is one line, with its sum and the balance after the last of them.
 */
export function folded(movements: readonly CreditMovement[]): CreditMovement[] {
  const lines: CreditMovement[] = [];
  for (const movement of movements) {
    const newer = lines.at(-1);
    if (newer && isSettledWith(newer, movement)) {
      lines[lines.length - 1] = { ...newer, amount: newer.amount + movement.amount };
    } else {
      lines.push(movement);
    }
  }
  return lines;
}

function isSettledWith(newer: CreditMovement, older: CreditMovement): boolean {
  return older.kind === "spend" && newer.kind === "spend" && newer.request_id === older.request_id;
}
