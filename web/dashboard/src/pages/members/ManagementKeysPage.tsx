import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { ManagementKey } from "../../api/contract";
import { roleName } from "../../app/roles";
import { type PageProps, useOrganization } from "../../app/scope";
import { cache, useData } from "../../app/useData";
import { Confirm } from "../../parts/Confirm";
import { type Column, DataTable } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Icon } from "../../parts/Icon";
import { keyColumns } from "../../parts/keyColumns";
import { Loaded } from "../../parts/Loaded";
import { Card, Page } from "../../parts/Page";
import { say } from "../../parts/Toasts";
import { NewManagementKeyDialog } from "./NewManagementKeyDialog";

/** What programs identify themselves with to do what this dashboard does. */
export default function ManagementKeysPage({ params }: PageProps) {
  const scope = useOrganization(params.organization!);
  const { paths, may } = scope;
  const keys = useData(paths.managementKeys);
  const [isNew, setNew] = useState(false);
  const [leaving, setLeaving] = useState<ManagementKey>();
  const create = may("owner") && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setNew(true)}>
      Create key
    </Button>
  );
  const columns: Column<ManagementKey>[] = [
    { name: "Name", main: true, cell: ({ name }) => name },
    { name: "Role", cell: ({ role }) => roleName(role) },
    ...keyColumns<ManagementKey>(may("owner"), setLeaving),
  ];
  return (
    <Page
      title="Management keys"
      lead="For programs that do what this dashboard does, over the management API."
      actions={create}
    >
      <Card flush>
        <Loaded of={keys}>
          {data =>
            data.keys.length === 0 ? (
              <Empty icon="key" title="No management keys yet" action={create}>
                They are not for sending: that is what a service&rsquo;s API keys are for.
              </Empty>
            ) : (
              <DataTable label="Management keys" columns={columns} rows={data.keys} idOf={({ key_id }) => key_id} />
            )
          }
        </Loaded>
      </Card>
      {isNew && <NewManagementKeyDialog scope={scope} onClose={() => setNew(false)} />}
      {leaving && (
        <Confirm
          title={`Revoke “${leaving.name}”?`}
          action="Revoke"
          onConfirm={async () => {
            await api.delete(paths.managementKey(leaving.key_id));
            say("The key is revoked.");
            await cache.refresh(paths.managementKeys);
          }}
          onClose={() => setLeaving(undefined)}
        >
          Requests with it are refused at once, and it cannot be brought back.
        </Confirm>
      )}
    </Page>
  );
}
