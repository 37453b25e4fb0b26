import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { mine } from "../../api/paths";
import type { Organization } from "../../api/contract";
import { href } from "../../app/router";
import type { PageProps } from "../../app/scope";
import { useSession } from "../../app/session";
import { useData } from "../../app/useData";
import { count, counted } from "../../app/words";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Failed } from "../../parts/Notice";
import { Card, Page } from "../../parts/Page";
import { planLimits, planName } from "../usage/plans";
import { NewOrganizationDialog } from "./NewOrganizationDialog";
import s from "../clients/Clients.module.css";

const ON_A_PAGE = 25;

const COLUMNS: Column<Organization>[] = [
  {
    name: "Organization",
    main: true,
    cell: ({ organization_id, name }) => (
      <a className={s.person} href={href(`/${organization_id}`)}>
        {name}
        <span className={s.id}>{organization_id}</span>
      </a>
    ),
  },
  { name: "Plan", cell: ({ plan }) => <span title={planLimits(plan)}>{planName(plan.name)}</span> },
  { name: "Services", numeric: true, cell: ({ services }) => count(services) },
  { name: "Active clients", numeric: true, cell: ({ active_clients }) => count(active_clients) },
  {
    name: "Credits",
    numeric: true,
    cell: ({ credits }) => (credits.available === null ? "Not metered" : count(credits.available)),
  },
  { name: "Since", numeric: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  {
    name: "Usage",
    bare: true,
    numeric: true,
    cell: ({ organization_id, name }) => (
      <Button
        size="xs"
        variant="default"
        component="a"
        href={href(`/${organization_id}/usage`)}
        aria-label={`Plan and credits of ${name}`}
      >
        Plan and credits
      </Button>
    ),
  },
];

/** Every tenant of the installation, for its operator. */
export default function OrganizationsPage(_: PageProps) {
  const { account } = useSession();
  const organizations = useData(account.is_operator ? mine.organizations : undefined);
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  if (!account.is_operator) {
    return (
      <Page title="Organizations">
        <Failed error="Only the operator of the installation can look at all organizations." />
      </Page>
    );
  }
  const wanted = text.trim().toLowerCase();
  const found = (organizations.data?.organizations ?? []).filter(
    ({ name, organization_id }) => name.toLowerCase().includes(wanted) || organization_id === wanted,
  );
  const shown = found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE);
  return (
    <Page
      title="Organizations"
      lead="Every tenant of this installation."
      actions={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setNew(true)}>
          Create organization
        </Button>
      }
    >
      <Card flush>
        <div className={s.filters}>
          <TextInput
            aria-label="Find an organization"
            placeholder="Name or id"
            type="search"
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={event => {
              setText(event.currentTarget.value);
              setPage(1);
            }}
          />
        </div>
        <Loaded of={organizations} lines={6}>
          {() =>
            shown.length === 0 ? (
              <Empty icon="building" title="No organization of this name" />
            ) : (
              <DataTable
                label="Organizations"
                columns={COLUMNS}
                rows={shown}
                idOf={({ organization_id }) => organization_id}
              />
            )
          }
        </Loaded>
        <Pager
          page={page}
          onPrevious={page > 1 ? () => setPage(page - 1) : undefined}
          onNext={page * ON_A_PAGE < found.length ? () => setPage(page + 1) : undefined}
          note={counted(found.length, "organization")}
        />
      </Card>
      {isNew && <NewOrganizationDialog onClose={() => setNew(false)} />}
    </Page>
  );
}
