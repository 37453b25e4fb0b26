import type { Breakdown } from "../../api/contract";
import type { Data } from "../../app/useData";
import { count } from "../../app/words";
import { type Column, DataTable } from "../../parts/DataTable";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../parts/Page";
import { reasonInWords } from "./reasons";
import s from "./Notifications.module.css";

type Origin = Breakdown["by_push_service"][number];

const COLUMNS: Column<Origin>[] = [
  { name: "Push service", main: true, cell: ({ origin }) => hostOf(origin) },
  { name: "Accepted", numeric: true, cell: ({ accepted }) => count(accepted) },
  { name: "Failed", numeric: true, cell: ({ gone, rejected, expired }) => count(gone + rejected + expired) },
  { name: "Cancelled", numeric: true, cell: ({ cancelled }) => count(cancelled) },
  { name: "Pending", numeric: true, cell: ({ pending }) => count(pending) },
];

interface BreakdownProps {
  readonly of: Data<Breakdown>;
}

/** Where it went well and where not. Added up every few seconds, so it comes after the figures that stream. */
export function ByPushService({ of, isUnderWay }: BreakdownProps & { isUnderWay: boolean }) {
  return (
    <Card title="By push service" lead={isUnderWay && "Added up every few seconds."} flush>
      <Loaded of={of} lines={2}>
        {({ by_push_service }) =>
          by_push_service.length === 0 ? (
            <p className={`${s.none} muted`}>Nothing has been tried yet.</p>
          ) : (
            <DataTable
              label="Outcomes by push service"
              columns={COLUMNS}
              rows={by_push_service}
              idOf={({ origin }) => origin}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

/** What stood in the way of the others. */
export function ByReason({ of: { data } }: BreakdownProps) {
  if (!data || data.by_reason.length === 0) return null;
  return (
    <Card title="Why some did not arrive">
      <ul className={s.reasons}>
        {data.by_reason.map(({ reason, count: times }) => (
          <li key={reason} className={s.reason}>
            <span>{reasonInWords(reason)}</span>
            <strong className="figures">{count(times)}</strong>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}
