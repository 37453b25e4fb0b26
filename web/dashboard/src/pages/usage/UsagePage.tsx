import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { CreditMovement, Organization } from "../../api/contract";
import { type PageProps, useOrganization } from "../../app/scope";
import { useSession } from "../../app/session";
import { useData, usePages } from "../../app/useData";
import { count } from "../../app/words";
import { Mono } from "../../parts/Copy";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Facts, Figure, Figures } from "../../parts/Facts";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Card, Page } from "../../parts/Page";
import { PlanDialog } from "./PlanDialog";
import { planLimits, planName } from "./plans";
import { folded } from "./statement";
import { TopUpDialog } from "./TopUpDialog";

const KINDS = { "top-up": "Top-up", hold: "Held", spend: "Spent", return: "Returned" } as const;
const LIMIT = 200;

/** The plan, the credits, and where they went. */
export default function UsagePage({ params }: PageProps) {
  const scope = useOrganization(params.organization!);
  const { account } = useSession();
  const organization = useData(scope.paths.root);
  const [dialog, setDialog] = useState<"plan" | "top-up">();
  const close = () => setDialog(undefined);
  return (
    <Page
      title="Usage and credits"
      lead={organization.data?.name}
      actions={
        account.is_operator && (
          <>
            <Button variant="default" onClick={() => setDialog("plan")}>
              Change plan
            </Button>
            <Button onClick={() => setDialog("top-up")}>Top up</Button>
          </>
        )
      }
    >
      <Loaded of={organization}>
        {data => (
          <>
            <Credits of={data} />
            <Card
              title="Plan"
              lead="How many deliveries may begin in an hour and in a day, in UTC. All services share it."
            >
              <Facts
                of={[
                  ["Plan", planName(data.plan.name)],
                  ["Limits", planLimits(data.plan)],
                  ["Active clients", count(data.active_clients)],
                  ["Services", count(data.services)],
                ]}
              />
            </Card>
            {dialog === "plan" && <PlanDialog organization={data} onClose={close} />}
            {dialog === "top-up" && <TopUpDialog organization={data} onClose={close} />}
          </>
        )}
      </Loaded>
      <Statement organization={scope.organization} />
    </Page>
  );
}

function Credits({ of: { credits } }: { of: Organization }) {
  if (credits.available === null) {
    return (
      <Card title="Credits">
        <p className="muted">This organization is not metered: sending costs no credits.</p>
      </Card>
    );
  }
  return (
    <Figures>
      <Figure name="Available" value={count(credits.available)} note="Can be spent now" />
      <Figure name="Held" value={count(credits.held)} note="For deliveries under way" />
      <Figure name="Spent" value={count(credits.spent)} note="One for each accepted delivery" />
      <Figure name="Topped up" value={count(credits.topped_up)} note="In all" />
    </Figures>
  );
}

const COLUMNS: Column<CreditMovement>[] = [
  { name: "Movement", main: true, cell: ({ kind, note }) => (note ? `${KINDS[kind]}: ${note}` : KINDS[kind]) },
  { name: "When", cell: ({ at }) => <Moment at={at} exact /> },
  { name: "Amount", numeric: true, cell: ({ amount }) => count(amount) },
  { name: "Available after", numeric: true, cell: ({ available_after }) => count(available_after) },
  { name: "Held after", numeric: true, cell: ({ held_after }) => count(held_after) },
  { name: "Request", whole: true, cell: ({ request_id }) => request_id && <Mono>{request_id}</Mono> },
];

function Statement({ organization }: { organization: string }) {
  const { paths } = useOrganization(organization);
  const list = usePages("", after => paths.statement({ after, limit: LIMIT }));
  return (
    <Card
      title="Statement"
      flush
      actions={
        <Button
          size="xs"
          variant="default"
          component="a"
          href={api.addressOf(paths.statementCsv)}
          download
          leftSection={<Icon name="download" size={15} />}
        >
          Download as CSV
        </Button>
      }
    >
      <Loaded of={list}>
        {({ movements }) =>
          movements.length === 0 ? (
            <Empty icon="coins" title="No movements yet">
              Top-ups, and what deliveries hold, spend and return, are listed here.
            </Empty>
          ) : (
            <DataTable
              label="Statement"
              columns={COLUMNS}
              rows={folded(movements)}
              idOf={movement => JSON.stringify(movement)}
            />
          )
        }
      </Loaded>
      <Pager page={list.page} onPrevious={list.onPrevious} onNext={list.onNext} />
    </Card>
  );
}
