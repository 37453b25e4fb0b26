import s from "./Status.module.css";

export type Tone = "good" | "bad" | "warn" | "busy" | "quiet";

/** A state in one word, told by its words and only underlined by its colour. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={s.status} data-tone={tone}>
      {children}
    </span>
  );
}

const NOTIFICATION = {
  queued: ["busy", "Queued"],
  scheduled: ["warn", "Scheduled"],
  processing: ["busy", "Sending"],
  completed: ["good", "Completed"],
  cancelled: ["quiet", "Cancelled"],
} as const;

export function NotificationStatus({ status }: { status: keyof typeof NOTIFICATION }) {
  const [tone, name] = NOTIFICATION[status];
  return <Status tone={tone}>{name}</Status>;
}

const CLIENT = {
  active: ["good", "Active"],
  inactive: ["warn", "Inactive"],
  expired: ["bad", "Expired"],
  unregistered: ["quiet", "Unregistered"],
} as const;

export function ClientStatus({ status }: { status: keyof typeof CLIENT }) {
  const [tone, name] = CLIENT[status];
  return <Status tone={tone}>{name}</Status>;
}

const OUTCOME = {
  pending: ["busy", "Pending"],
  accepted: ["good", "Accepted"],
  gone: ["bad", "Gone"],
  rejected: ["bad", "Rejected"],
  expired: ["warn", "Expired"],
  cancelled: ["quiet", "Cancelled"],
} as const;

export type Outcome = keyof typeof OUTCOME;
export const OUTCOMES = Object.keys(OUTCOME) as Outcome[];

export function outcomeName(outcome: string): string {
  return OUTCOME[outcome as Outcome]?.[1] ?? outcome;
}

export function OutcomeStatus({ outcome }: { outcome: string }) {
  return <Status tone={OUTCOME[outcome as Outcome]?.[0] ?? "quiet"}>{outcomeName(outcome)}</Status>;
}
