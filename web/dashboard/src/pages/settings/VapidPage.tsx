import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { VapidPair } from "../../api/contract";
import { type PageProps, useService } from "../../app/scope";
import { cache, useData } from "../../app/useData";
import { count, share, shortKey } from "../../app/words";
import { Confirm } from "../../parts/Confirm";
import { CopyButton, Mono } from "../../parts/Copy";
import { type Column, DataTable } from "../../parts/DataTable";
import { Loaded } from "../../parts/Loaded";
import { Meter } from "../../parts/Meter";
import { Moment } from "../../parts/Moment";
import { Card, Page } from "../../parts/Page";
import { Status } from "../../parts/Status";
import { say } from "../../parts/Toasts";
import { RotateDialog } from "./RotateDialog";
import { SettingsTabs } from "./SettingsTabs";
import s from "./Settings.module.css";

/** The pairs that sign what is sent, and how far clients have moved to the current one. */
export default function VapidPage({ params }: PageProps) {
  const scope = useService(params);
  const pairs = useData(scope.paths.vapid);
  const [isNew, setNew] = useState(false);
  const [leaving, setLeaving] = useState<VapidPair>();
  const all = pairs.data?.pairs ?? [];
  const total = all.reduce((sum, { active_registrations }) => sum + active_registrations, 0);
  const current = all.find(({ is_current }) => is_current);
  const columns: Column<VapidPair>[] = [
    {
      name: "Public key",
      main: true,
      cell: ({ public_key }) => (
        <span title={public_key}>
          <Mono>{shortKey(public_key)}</Mono>
        </span>
      ),
    },
    {
      name: "State",
      cell: ({ is_current, is_retired }) => (
        <Status tone={is_current ? "good" : is_retired ? "quiet" : "warn"}>
          {is_current ? "Current" : is_retired ? "Retired" : "Still signing"}
        </Status>
      ),
    },
    {
      name: "Active clients",
      numeric: true,
      cell: ({ active_registrations }) => `${count(active_registrations)} (${share(active_registrations, total)})`,
    },
    { name: "Since", numeric: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      name: "What can be done",
      bare: true,
      numeric: true,
      cell: pair =>
        pair.is_current ? (
          <CopyButton text={pair.public_key} what="public key" />
        ) : !pair.is_retired && scope.may("admin") ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Retire ${pair.public_key.slice(0, 12)}`}
            onClick={() => setLeaving(pair)}
          >
            Retire
          </Button>
        ) : null,
    },
  ];
  return (
    <Page
      title="Settings"
      lead="Browsers subscribe with the public key, and are reached with that pair only."
      actions={scope.may("admin") && <Button onClick={() => setNew(true)}>Rotate</Button>}
    >
      <SettingsTabs scope={scope} here="settings/vapid" />
      {current && all.some(({ is_current, is_retired }) => !is_current && !is_retired) && (
        <Card
          title="Moving to the current pair"
          lead="Each client moves on its person’s next visit, without a question. Nobody is lost until then."
        >
          <div className={s.moved}>
            <Meter
              label="Clients moved to the current pair"
              share={total === 0 ? 1 : current.active_registrations / total}
              tone="good"
            />
            <p className="muted small figures">
              {count(current.active_registrations)} of {count(total)} moved (
              {share(current.active_registrations, total)})
            </p>
          </div>
        </Card>
      )}
      <Card title="VAPID keys" flush>
        <Loaded of={pairs}>
          {data => (
            <DataTable label="VAPID keys" columns={columns} rows={data.pairs} idOf={({ public_key }) => public_key} />
          )}
        </Loaded>
      </Card>
      {isNew && <RotateDialog scope={scope} onClose={() => setNew(false)} />}
      {leaving && (
        <Confirm
          title="Retire this pair?"
          action="Retire"
          onConfirm={async () => {
            await api.delete(scope.paths.vapidPair(leaving.public_key));
            say("The pair is retired.");
            await cache.refresh(scope.paths.root);
          }}
          onClose={() => setLeaving(undefined)}
        >
          It is out of use then. While clients still use it, this is refused: it retires by itself when the last has
          moved.
        </Confirm>
      )}
    </Page>
  );
}
