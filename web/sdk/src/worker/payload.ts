/** A notification as it will be shown. */
export interface Notice {
  title: string;
  options: NoticeOptions;
  /** The number for the app's icon; 0 takes it off. */
  appBadge: number | undefined;
}

/** TypeScript's own list lacks what not every browser shows; those that do not know a field ignore it. */
export interface NoticeOptions extends NotificationOptions {
  data: NoticeData;
  image?: string;
  renotify?: boolean;
  actions?: { action: string; title: string; icon?: string }[];
}

/** `notification.data`: the sender's own fields and, under one reserved key, ours. */
export type NoticeData = Record<string, unknown> & { pushbell?: NoticeLinks };

export interface NoticeLinks {
  /** The send request. */
  id?: string;
  /** Tells what is on view from another copy of the same message. */
  copy: string;
  /** Where a click on the notification leads. */
  navigate?: string;
  /** Where the buttons lead that have an address of their own, by action. */
  actions?: Record<string, string>;
}

type Json = Record<string, unknown>;

const DEFAULT_TITLE = "New notification";

/**
 * Reads any payload: Pushbell's (the declarative web push format), a bare `{title, body, …}` of somebody else's, plain
 * text, or none. Always gives something to show, because browsers revoke subscriptions whose pushes show nothing.
 */
export function readPayload(payload: string | undefined, copy: string): Notice {
  const json = parseObject(payload);
  if (!json) return notice({ body: payload }, {}, copy);
  return isObject(json.notification) ? notice(json.notification, json, copy) : notice(json, {}, copy);
}

function notice(fields: Json, envelope: Json, copy: string): Notice {
  const id = isObject(envelope.pushbell) ? text(envelope.pushbell.id) : undefined;
  // The request's id as the tag lets a second copy of a message take the first one's place, unseen.
  const tag = text(fields.tag) ?? id;
  const buttons = Array.isArray(fields.actions) ? fields.actions.filter(isButton) : [];
  const linked = buttons.filter(({ navigate }) => text(navigate));

  const links: NoticeLinks = present({
    id,
    copy,
    navigate: text(fields.navigate),
    actions: linked.length > 0 ? Object.fromEntries(linked.map(b => [b.action, b.navigate as string])) : undefined,
  });
  const options = present({
    body: text(fields.body),
    icon: text(fields.icon),
    badge: text(fields.badge),
    image: text(fields.image),
    tag,
    silent: flag(fields.silent),
    renotify: tag === undefined ? undefined : flag(fields.renotify), // An error without a tag.
    requireInteraction: flag(fields.requireInteraction),
    actions: buttons.map(({ action, title, icon }) => present({ action, title, icon: text(icon) })),
    data: { ...(isObject(fields.data) ? fields.data : {}), pushbell: links },
  });
  const appBadge = [envelope.app_badge, fields.app_badge].find(count => Number.isInteger(count));
  return { title: text(fields.title) ?? DEFAULT_TITLE, options, appBadge: appBadge as number | undefined };
}

function parseObject(payload: string | undefined): Json | undefined {
  try {
    const value: unknown = JSON.parse(payload ?? "");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isButton(value: unknown): value is Json & { action: string; title: string } {
  return isObject(value) && typeof value.action === "string" && typeof value.title === "string";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** Without the fields that have no value: browsers read an explicit `undefined` in `data` back as a field. */
function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
