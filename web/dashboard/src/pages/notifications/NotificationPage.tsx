import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Notification as Sent } from "../../api/contract";
import { isUnderWay, shareDone, useProgress } from "../../app/progress";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { cache, useData } from "../../app/useData";
import { count, shareOf } from "../../app/words";
import { Confirm } from "../../parts/Confirm";
import { Figure, Figures } from "../../parts/Facts";
import { Loaded } from "../../parts/Loaded";
import { Meter } from "../../parts/Meter";
import { Moment } from "../../parts/Moment";
import { Notice } from "../../parts/Notice";
import { Card, Columns, Page } from "../../parts/Page";
import { NotificationStatus } from "../../parts/Status";
import { say } from "../../parts/Toasts";
import { ByPushService, ByReason } from "./Breakdowns";
import { Content } from "./Content";
import { Deliveries } from "./Deliveries";
import { failedOf } from "./outcomes";
import s from "./Notifications.module.css";

/** How often what is added up from the ledger is asked for while it changes; once more when the stream has ended. */
const EVERY_MS = 5_000;

/** What became of one notification. */
export default function NotificationPage({ params }: PageProps) {
  const scope = useService(params);
  const notification = useData(scope.paths.notification(params.request!));
  return (
    <Loaded of={notification} lines={8}>
      {known => <Detail scope={scope} known={known} />}
    </Loaded>
  );
}

function Detail({ scope, known }: { scope: ServiceScope; known: Sent }) {
  const [asks, setAsks] = useState(false);
  const latest = useProgress(scope.paths, known);
  const { request_id, title, status, total_targets, outcomes, receipts, pending } = latest;
  const failed = failedOf(latest);
  const everyMs = isUnderWay(latest) ? EVERY_MS : undefined;
  const breakdown = useData(scope.paths.breakdown(request_id), everyMs);
  const canCancel = scope.may("sender") && (status === "scheduled" || isUnderWay(latest));
  return (
    <Page
      title={title}
      back={{ href: scope.to("notifications"), label: "Notifications" }}
      lead={
        <>
          <NotificationStatus status={status} /> <Moment at={latest.send_at ?? latest.created_at} exact />
        </>
      }
      actions={
        <>
          {canCancel && (
            <Button variant="default" onClick={() => setAsks(true)}>
              Cancel
            </Button>
          )}
          {scope.may("sender") && (
            <Button variant="light" component="a" href={scope.to("compose", { again: request_id })}>
              Send again
            </Button>
          )}
        </>
      }
    >
      {isUnderWay(latest) && (
        <Card>
          <div className={s.progress} aria-live="off">
            <Meter label="Progress" share={shareDone(latest)} moving />
            <p className="muted small figures">
              {count(total_targets - pending)} of {count(total_targets)} done, {count(pending)} to go
            </p>
          </div>
        </Card>
      )}
      {status === "completed" && total_targets === 0 && (
        <Notice tone="warn" title="It reached nobody.">
          There was no active client among its recipients.
        </Notice>
      )}
      <Figures>
        <Figure
          name="Recipients"
          value={count(total_targets)}
          note={outcomes.cancelled > 0 && `${count(outcomes.cancelled)} cancelled`}
        />
        <Figure
          name="Accepted"
          tone="accepted"
          value={count(outcomes.accepted)}
          note={shareOf(outcomes.accepted, total_targets)}
        />
        <Figure name="Failed" tone="failed" value={count(failed)} note={shareOf(failed, total_targets)} />
        <Figure
          name="Shown"
          tone="shown"
          value={count(receipts.shown)}
          note={shareOf(receipts.shown, outcomes.accepted, "of accepted")}
        />
        <Figure
          name="Clicked"
          tone="clicked"
          value={count(receipts.clicked)}
          note={shareOf(receipts.clicked, receipts.shown, "of shown")}
        />
        <Figure name="Dismissed" value={count(receipts.dismissed)} note={shareOf(receipts.dismissed, receipts.shown)} />
      </Figures>
      <ByPushService of={breakdown} isUnderWay={isUnderWay(latest)} />
      <Columns>
        <Content of={latest} />
        <ByReason of={breakdown} />
      </Columns>
      <Deliveries scope={scope} request={request_id} everyMs={everyMs} />
      {asks && (
        <Confirm
          title="Cancel this notification?"
          action="Cancel it"
          onConfirm={async () => {
            await api.delete(scope.paths.notification(request_id));
            say("The notification is cancelled.");
            await cache.refresh(scope.paths.root);
          }}
          onClose={() => setAsks(false)}
        >
          What has not been delivered yet is not sent any more. What a push service still holds is called back where it
          can be.
        </Confirm>
      )}
    </Page>
  );
}
