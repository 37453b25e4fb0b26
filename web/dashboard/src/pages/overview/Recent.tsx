import { Button } from "@mantine/core";
import type { NotificationSummary } from "../../api/contract";
import { isUnderWay, shareDone, useProgress } from "../../app/progress";
import type { ServiceScope } from "../../app/scope";
import { useData } from "../../app/useData";
import { count, share } from "../../app/words";
import { Empty } from "../../parts/Empty";
import { Loaded } from "../../parts/Loaded";
import { Meter } from "../../parts/Meter";
import { Moment } from "../../parts/Moment";
import { Card } from "../../parts/Page";
import { NotificationStatus } from "../../parts/Status";
import s from "./Overview.module.css";

const LIMIT = 5;
const EVERY_MS = 15_000;

/** The last notifications, those that are under way moving. */
export function Recent({ scope }: { scope: ServiceScope }) {
  const recent = useData(scope.paths.notifications({ limit: LIMIT }), EVERY_MS);
  return (
    <Card
      title="Latest notifications"
      flush
      actions={
        <a className="small" href={scope.to("notifications")}>
          All notifications
        </a>
      }
    >
      <Loaded of={recent}>
        {({ notifications }) =>
          notifications.length === 0 ? (
            <Empty
              icon="send"
              title="Nothing has been sent yet"
              action={
                scope.may("sender") && (
                  <Button component="a" href={scope.to("compose")} variant="light">
                    Compose the first one
                  </Button>
                )
              }
            >
              From here, or from your backend with an API key.
            </Empty>
          ) : (
            <ul className={s.list}>
              {notifications.map(notification => (
                <Row key={notification.request_id} scope={scope} known={notification} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Row({ scope, known }: { scope: ServiceScope; known: NotificationSummary }) {
  const latest = useProgress(scope.paths, known);
  const { request_id, title, status, total_targets, outcomes, send_at, created_at } = latest;
  return (
    <li className={s.recent}>
      <a className={s.recentTitle} href={scope.to(`notifications/${request_id}`)}>
        {title}
      </a>
      <NotificationStatus status={status} />
      <span className={s.recentNote}>
        {count(outcomes.accepted)} of {count(total_targets)} accepted
        {total_targets > 0 && ` (${share(outcomes.accepted, total_targets)})`}
      </span>
      <span className={s.recentNote}>
        <Moment at={send_at ?? created_at} />
      </span>
      {isUnderWay(latest) && (
        <div className={s.recentMeter}>
          <Meter label={`Progress of ${title}`} share={shareDone(latest)} moving />
        </div>
      )}
    </li>
  );
}
