import type { NotificationMessage } from "/sdk/pushbell.js";
import { element, make } from "./elements";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** Puts a message on top of the list. */
export function log(message: NotificationMessage): void {
  element("log-empty").hidden = true;
  element("log").prepend(entry(message, new Date()));
}

function entry({ type, title, body, tag, data, action }: NotificationMessage, at: Date): HTMLLIElement {
  const time = make("time", clock.format(at)) as HTMLTimeElement;
  time.dateTime = at.toISOString();
  const clicked = action ? `Clicked “${action}”` : "Clicked";
  const head = make("p", "", "entry-head");
  head.append(make("span", type === "pushbell:click" ? clicked : "Shown", "kind"), time);

  const item = document.createElement("li");
  item.append(head, make("h3", title));
  if (body) item.append(make("p", body));
  const json = Object.keys(data).length > 0 ? JSON.stringify(data, undefined, 2) : "";
  item.append(facts({ Tag: tag, Data: json }));
  return item;
}

function facts(values: Record<string, string>): HTMLElement {
  const list = document.createElement("dl");
  for (const [name, value] of Object.entries(values)) list.append(make("dt", name), make("dd", value || "none"));
  return list;
}
