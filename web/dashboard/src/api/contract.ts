import type { Key, Member } from "./schema";

/** The shapes of the management API, generated from its document (`npm run generate`), and what that has no name for. */
export type * from "./schema";

export type Role = Member["role"];
export type KeyKind = Key["kind"];

/** What a send that was only tried would have come to. */
export interface DryRun {
  readonly total_targets: number;
  readonly invalid_registrations: string[];
  readonly payload_bytes: number;
  readonly payload_limit: number;
  readonly credits_needed: number | null;
}
