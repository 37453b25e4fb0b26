import { byDay, dayName } from "../notifications/days";
import type { KeptNotification } from "../notifications/list";
import arrow from "../pictures/arrow.svg?raw";
import { h, picture } from "./element";
import type { Visit } from "./visit";

export function notificationList({ notifications, language }: Visit): HTMLElement {
  const now = new Date();
  const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const days = byDay(notifications, now).map(day =>
    h(
      "section",
      { class: "day" },
      h("h3", {}, dayName(day.ago, now, language)),
      h("ul", {}, ...day.notifications.map(notification => item(notification, clock))),
    ),
  );
  return h("div", { class: "days" }, ...days);
}

function item({ title, body, navigate, receivedAt }: KeptNotification, clock: Intl.DateTimeFormat): HTMLLIElement {
  const at = new Date(receivedAt);
  const href = webAddress(navigate);
  const words = [
    h("span", { class: "note-title", dir: "auto" }, title),
    h("time", { datetime: at.toISOString() }, clock.format(at)),
    body === undefined ? undefined : h("span", { class: "note-body", dir: "auto" }, body),
  ];
  return h(
    "li",
    {},
    href === undefined
      ? h("div", { class: "note" }, ...words)
      : h("a", { class: "note", href }, ...words, picture(arrow, "note-arrow")),
  );
}

/** Where a click leads, unless it is this very page or no web address at all. */
function webAddress(address: string | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address ?? "", location.href);
    return (protocol === "https:" || protocol === "http:") && href !== location.href ? href : undefined;
  } catch {
    return undefined;
  }
}
