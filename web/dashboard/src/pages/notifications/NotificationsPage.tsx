import { Button, NativeSelect } from "@mantine/core";
import type { NotificationSummary } from "../../api/contract";
import { isUnderWay, shareDone, useProgress } from "../../app/progress";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { usePages } from "../../app/useData";
import { count } from "../../app/words";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Meter } from "../../parts/Meter";
import { Moment } from "../../parts/Moment";
import { Card, Page } from "../../parts/Page";
import { NotificationStatus } from "../../parts/Status";
import { failedOf } from "./outcomes";
import s from "./Notifications.module.css";

const STATUSES = [
  { value: "", label: "All" },
  { value: "processing", label: "Sending" },
  { value: "queued", label: "Queued" },
  { value: "scheduled", label: "Scheduled" },
  { value: "completed", label: "Completed" },
  { value: "cancelled", label: "Cancelled" },
];

const LIMIT = 25;

export default function NotificationsPage({ params, query }: PageProps) {
  const scope = useService(params);
  const status = query.get("status") ?? "";
  const list = usePages(status, after => scope.paths.notifications({ status, after, limit: LIMIT }));
  return (
    <Page
      title="Notifications"
      actions={
        <>
          <NativeSelect
            aria-label="Status"
            data={STATUSES}
            value={status}
            onChange={event => go(scope.to("notifications", { status: event.currentTarget.value }), { replace: true })}
          />
          {scope.may("sender") && (
            <Button component="a" href={scope.to("compose")} leftSection={<Icon name="send" size={16} />}>
              Compose
            </Button>
          )}
        </>
      }
    >
      <Card flush>
        <Loaded of={list} lines={8}>
          {({ notifications }) =>
            notifications.length === 0 ? (
              <Nothing scope={scope} status={status} />
            ) : (
              <DataTable
                label="Notifications"
                columns={columnsOf(scope)}
                rows={notifications}
                idOf={({ request_id }) => request_id}
                useLatest={known => useProgress(scope.paths, known)}
              />
            )
          }
        </Loaded>
        <Pager page={list.page} onPrevious={list.onPrevious} onNext={list.onNext} />
      </Card>
    </Page>
  );
}

function columnsOf(scope: ServiceScope): Column<NotificationSummary>[] {
  return [
    {
      name: "Notification",
      main: true,
      cell: ({ request_id, title, body }) => (
        <a className={s.link} href={scope.to(`notifications/${request_id}`)}>
          <span className={s.title}>{title}</span>
          <span className={s.body}>{body}</span>
        </a>
      ),
    },
    {
      name: "Status",
      cell: latest => (
        <div className={s.status}>
          <NotificationStatus status={latest.status} />
          {isUnderWay(latest) && <Meter label={`Progress of ${latest.title}`} share={shareDone(latest)} moving />}
        </div>
      ),
    },
    { name: "Recipients", numeric: true, cell: ({ total_targets }) => count(total_targets) },
    { name: "Accepted", numeric: true, cell: ({ outcomes }) => count(outcomes.accepted) },
    { name: "Failed", numeric: true, cell: latest => count(failedOf(latest)) },
    { name: "Clicked", numeric: true, cell: ({ receipts }) => count(receipts.clicked) },
    { name: "When", numeric: true, cell: ({ send_at, created_at }) => <Moment at={send_at ?? created_at} /> },
  ];
}

function Nothing({ scope, status }: { scope: ServiceScope; status: string }) {
  if (status) {
    return (
      <Empty icon="list" title="None of this kind">
        <a href={scope.to("notifications")}>Show all notifications</a>
      </Empty>
    );
  }
  return (
    <Empty
      icon="send"
      title="Nothing has been sent yet"
      action={
        scope.may("sender") && (
          <Button component="a" href={scope.to("compose")}>
            Compose the first one
          </Button>
        )
      }
    >
      What you send from here or from your backend is listed here, with what became of it.
    </Empty>
  );
}
