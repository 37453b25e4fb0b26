import { type Draft, peopleOf } from "./draft";

export const MAX_TITLE = 100;
export const MAX_BODY = 255;
export const MAX_PEOPLE = 10_000;
export const MAX_ACTIONS = 8;
/** From here on sending is asked about once more. */
export const CONFIRM_ABOVE = 1_000;

/** Characters as the API counts them, Unicode scalar values: an emoji counts once, however it is encoded. */
export function characters(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** `12 / 100`, and whether that is too much. */
export function usage(text: string, most: number): { text: string; isOver: boolean } {
  const length = characters(text);
  return { text: `${length} / ${most}`, isOver: length > most };
}

/** What keeps the draft from being sent, by field; the server is asked only when there is nothing. */
export function problems(draft: Draft, now: number): Partial<Record<keyof Draft, string>> {
  const found: Partial<Record<keyof Draft, string>> = {};
  if (!draft.title.trim()) found.title = "A title is needed.";
  else if (characters(draft.title) > MAX_TITLE) found.title = `At most ${MAX_TITLE} characters.`;
  if (!draft.body.trim()) found.body = "A text is needed.";
  else if (characters(draft.body) > MAX_BODY) found.body = `At most ${MAX_BODY} characters.`;
  if (draft.url.trim() && !isWebAddress(draft.url.trim()))
    found.url = "An address that begins with https:// or http://.";
  if (draft.topic.trim() && !/^[A-Za-z0-9_-]{1,32}$/.test(draft.topic.trim())) {
    found.topic = "1 to 32 letters, digits, hyphens and underscores.";
  }
  if (draft.badgeCount !== "" && !/^\d{1,9}$/.test(draft.badgeCount)) found.badgeCount = "A whole number, 0 or more.";
  if (draft.data.trim() && !isObject(draft.data)) found.data = 'A JSON object, like {"order": 7}.';
  if (draft.actions.some(({ title, url }) => !title.trim() || (url.trim() && !isWebAddress(url.trim())))) {
    found.actions = "Every button needs a title, and its address must begin with https:// or http://.";
  }
  const people = draft.target === "all" ? [] : peopleOf(draft);
  if (draft.target !== "all" && people.length === 0) found.people = "Name at least one.";
  if (people.length > MAX_PEOPLE) found.people = `At most ${MAX_PEOPLE.toLocaleString("en-US")} at once.`;
  if (draft.sendAt && !(new Date(draft.sendAt).getTime() > now)) found.sendAt = "A time that is still to come.";
  return found;
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
