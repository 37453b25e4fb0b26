import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Delivery } from "../../api/contract";
import type { ServiceScope } from "../../app/scope";
import { usePages } from "../../app/useData";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../parts/Page";
import { OUTCOMES, outcomeName, OutcomeStatus } from "../../parts/Status";

const FILTERS = [
  { value: "", label: "All outcomes" },
  ...OUTCOMES.map(value => ({ value, label: outcomeName(value) })),
];
const LIMIT = 20;

interface DeliveriesProps {
  readonly scope: ServiceScope;
  readonly request: string;
  /** While they still change. */
  readonly everyMs: number | undefined;
}

/** Each recipient, and what became of theirs. */
export function Deliveries({ scope, request, everyMs }: DeliveriesProps) {
  const [outcome, setOutcome] = useState("");
  const list = usePages(outcome, after => scope.paths.deliveries(request, { outcome, after, limit: LIMIT }), everyMs);
  const columns: Column<Delivery>[] = [
    {
      name: "Recipient",
      main: true,
      whole: true,
      cell: ({ registration_id, user_email }) => (
        <a href={scope.to(`clients/${registration_id}`)}>{user_email ?? registration_id}</a>
      ),
    },
    { name: "Device", whole: true, cell: ({ device, push_service }) => device ?? push_service },
    { name: "Outcome", cell: delivery => <OutcomeStatus outcome={delivery.outcome} /> },
    { name: "Receipts", cell: receiptsOf },
    {
      name: "What it means",
      wide: true,
      cell: ({ reason_text, reason }) => {
        const meaning = reason_text ?? reason;
        return meaning && <span className="small">{meaning}</span>;
      },
    },
  ];
  return (
    <Card
      title="Recipients"
      flush
      actions={
        <NativeSelect
          size="xs"
          aria-label="Outcome"
          data={FILTERS}
          value={outcome}
          onChange={event => setOutcome(event.currentTarget.value)}
        />
      }
    >
      <Loaded of={list} lines={6}>
        {({ deliveries }) =>
          deliveries.length === 0 ? (
            <Empty icon="people" title={outcome ? "None with this outcome" : "No recipients yet"}>
              {!outcome && "They appear here as the notification is sent."}
            </Empty>
          ) : (
            <DataTable
              label="Recipients"
              columns={columns}
              rows={deliveries}
              idOf={({ registration_id }) => registration_id}
            />
          )
        }
      </Loaded>
      <Pager page={list.page} onPrevious={list.onPrevious} onNext={list.onNext} />
    </Card>
  );
}

function receiptsOf({ shown, clicked, dismissed }: Delivery): string | null {
  const all = [shown && "shown", clicked && "clicked", dismissed && "dismissed"].filter(Boolean).join(", ");
  return all ? all.slice(0, 1).toUpperCase() + all.slice(1) : null;
}
