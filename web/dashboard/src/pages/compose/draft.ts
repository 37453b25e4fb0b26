import type { SendBody } from "../../api/contract";
import { readLines } from "../settings/rules";

export type TargetKind = "all" | "emails" | "user_ids" | "clients";

export interface ActionDraft {
  title: string;
  url: string;
}

/** What stands in the fields, as text: nothing is lost of what cannot be sent yet. */
export interface Draft {
  title: string;
  body: string;
  url: string;
  icon: string;
  image: string;
  badge: string;
  tag: string;
  topic: string;
  urgency: string;
  /** Seconds. */
  ttl: number;
  actions: ActionDraft[];
  requireInteraction: boolean;
  silent: boolean;
  renotify: boolean;
  badgeCount: string;
  data: string;
  target: TargetKind;
  /** One on each line. */
  people: string;
  /** Local time as `<input type="datetime-local">` has it; empty is now. */
  sendAt: string;
}

export const EMPTY: Draft = {
  title: "",
  body: "",
  url: "",
  icon: "",
  image: "",
  badge: "",
  tag: "",
  topic: "",
  urgency: "normal",
  ttl: 86_400,
  actions: [],
  requireInteraction: false,
  silent: false,
  renotify: false,
  badgeCount: "",
  data: "",
  target: "all",
  people: "",
  sendAt: "",
};

const LISTS = {
  emails: "target_user_emails",
  user_ids: "target_user_ids",
  clients: "target_registration_ids",
} as const;

/** The body of the request. What the fields leave open is left out, and the server's rules hold. */
export function bodyOf(draft: Draft): SendBody {
  const text = Object.fromEntries(
    (["url", "icon", "image", "badge", "tag", "topic"] as const)
      .map(name => [name, draft[name].trim()])
      .filter(([, value]) => value !== ""),
  );
  return {
    title: draft.title,
    body: draft.body,
    ...text,
    urgency: draft.urgency,
    ttl: draft.ttl,
    ...(draft.actions.length > 0 && { actions: draft.actions.map(buttonOf) }),
    ...(draft.requireInteraction && { require_interaction: true }),
    ...(draft.silent && { silent: true }),
    ...(draft.renotify && { renotify: true }),
    ...(draft.badgeCount !== "" && { badge_count: Number(draft.badgeCount) }),
    ...(draft.data.trim() !== "" && { data: JSON.parse(draft.data) as unknown }),
    ...(draft.sendAt !== "" && { send_at: momentOf(draft.sendAt) }),
    ...(draft.target === "all" ? { target_all: true } : { [LISTS[draft.target]]: peopleOf(draft) }),
  };
}

export function peopleOf({ people, target }: Draft): string[] {
  // Your own ids may hold anything but a line break.
  return target === "user_ids"
    ? [
        ...new Set(
          people
            .split("\n")
            .map(line => line.trim())
            .filter(Boolean),
        ),
      ]
    : readLines(people);
}

/** To the second, in UTC, of a local time. */
export function momentOf(local: string): string {
  return new Date(local).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** What a notification has said, in the fields again; whom it went to is to be chosen anew. */
export function draftOf(content: Record<string, unknown>): Draft {
  const text = (name: string) => (typeof content[name] === "string" ? (content[name] as string) : "");
  const actions = Array.isArray(content.actions) ? (content.actions as { title?: string; url?: string }[]) : [];
  return {
    ...EMPTY,
    title: text("title"),
    body: text("body"),
    url: text("url"),
    icon: text("icon"),
    image: text("image"),
    badge: text("badge"),
    tag: text("tag"),
    topic: text("topic"),
    urgency: text("urgency") || EMPTY.urgency,
    ttl: typeof content.ttl === "number" ? content.ttl : EMPTY.ttl,
    actions: actions.map(({ title = "", url = "" }) => ({ title, url: url ?? "" })),
    requireInteraction: content.require_interaction === true,
    silent: content.silent === true,
    renotify: content.renotify === true,
    badgeCount: typeof content.badge_count === "number" ? String(content.badge_count) : "",
    data: content.data && typeof content.data === "object" ? JSON.stringify(content.data, null, 2) : "",
  };
}

/** Buttons are told apart by a name that only programs see. */
function buttonOf({ title, url }: ActionDraft, at: number) {
  return { action: `action-${at + 1}`, title: title.trim(), ...(url.trim() !== "" && { url: url.trim() }) };
}
