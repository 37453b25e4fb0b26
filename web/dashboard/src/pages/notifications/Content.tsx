import type { Notification as Sent } from "../../api/contract";
import { duration } from "../../app/words";
import { Mono } from "../../parts/Copy";
import { Facts } from "../../parts/Facts";
import { Moment } from "../../parts/Moment";
import { Card } from "../../parts/Page";
import s from "./Notifications.module.css";

const NAMES: readonly [string, string][] = [
  ["url", "Link"],
  ["icon", "Icon"],
  ["image", "Large image"],
  ["badge", "Badge"],
  ["tag", "Tag"],
  ["badge_count", "Number on the icon"],
];

/** What it said, and how it was sent. */
export function Content({ of }: { of: Sent }) {
  const { content, body, ttl, urgency, topic, request_id, created_at, completed_at, send_at, withdrawn } = of;
  const actions = Array.isArray(content.actions) ? (content.actions as { title: string }[]) : [];
  return (
    <Card title="Content">
      <Facts
        of={[
          ["Text", <span className={s.content}>{body}</span>],
          ...NAMES.map(([name, label]) => [label, textOf(content[name])] as const),
          ["Buttons", actions.map(({ title }) => title).join(", ")],
          ["Data", content.data ? <Mono>{JSON.stringify(content.data)}</Mono> : null],
          ["Urgency", urgency],
          ["Kept trying for", duration(ttl)],
          ["Topic", topic],
          ["Scheduled for", send_at && <Moment at={send_at} exact />],
          ["Received", <Moment at={created_at} exact />],
          ["Completed", completed_at && <Moment at={completed_at} exact />],
          ["Called back", withdrawn > 0 ? withdrawn : null],
          ["Request", <Mono>{request_id}</Mono>],
        ]}
      />
    </Card>
  );
}

function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
