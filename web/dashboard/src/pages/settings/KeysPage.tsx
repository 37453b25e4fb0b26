import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Key } from "../../api/contract";
import { type PageProps, useService } from "../../app/scope";
import { cache, useData } from "../../app/useData";
import { Confirm } from "../../parts/Confirm";
import { type Column, DataTable } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Icon } from "../../parts/Icon";
import { keyColumns } from "../../parts/keyColumns";
import { Loaded } from "../../parts/Loaded";
import { Card, Page } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { KIND_NAMES } from "./keyKinds";
import { NewKeyDialog } from "./NewKeyDialog";
import { SettingsTabs } from "./SettingsTabs";

/** Settings → API keys. */
export default function KeysPage({ params }: PageProps) {
  const scope = useService(params);
  const keys = useData(scope.paths.keys);
  const [isNew, setNew] = useState(false);
  const [leaving, setLeaving] = useState<Key>();
  const columns: Column<Key>[] = [
    { name: "Name", main: true, cell: ({ name }) => name },
    {
      name: "Kind",
      cell: ({ kind, scopes, is_service_to_service }) => (
        <>
          {KIND_NAMES[kind]}
          {scopes.length > 0 && <span className="muted small"> ({scopes.join(", ")})</span>}
          {is_service_to_service && <span className="muted small"> (not charged)</span>}
        </>
      ),
    },
    ...keyColumns<Key>(scope.may("admin"), setLeaving),
  ];
  const create = scope.may("admin") && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setNew(true)}>
      Create key
    </Button>
  );
  return (
    <Page title="Settings" lead="What backends and pages identify themselves with." actions={create}>
      <SettingsTabs scope={scope} here="settings/keys" />
      <Card title="API keys" flush>
        <Loaded of={keys}>
          {({ keys: all }) =>
            all.length === 0 ? (
              <Empty icon="key" title="No keys yet" action={create}>
                Your backend needs a secret key to send.
              </Empty>
            ) : (
              <DataTable label="API keys" columns={columns} rows={all} idOf={({ key_id }) => key_id} />
            )
          }
        </Loaded>
      </Card>
      {isNew && <NewKeyDialog scope={scope} onClose={() => setNew(false)} />}
      {leaving && (
        <Confirm
          title={`Revoke “${leaving.name}”?`}
          action="Revoke"
          onConfirm={async () => {
            await api.delete(scope.paths.key(leaving.key_id));
            say("The key is revoked.");
            await cache.refresh(scope.paths.keys);
          }}
          onClose={() => setLeaving(undefined)}
        >
          Requests with it are refused at once, and it cannot be brought back.
        </Confirm>
      )}
    </Page>
  );
}
