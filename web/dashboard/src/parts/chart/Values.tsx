import type { Overview } from "../../api/contract";
import { count, moment } from "../../app/words";
import { type Column, DataTable } from "../DataTable";
import s from "./Chart.module.css";

type Bucket = Overview["buckets"][number];

const COLUMNS: Column<Bucket>[] = [
  { name: "From", main: true, cell: ({ at }) => moment(at) },
  { name: "Accepted", numeric: true, cell: ({ accepted }) => count(accepted) },
  { name: "Failed", numeric: true, cell: ({ failed }) => count(failed) },
  { name: "Shown", numeric: true, cell: ({ shown }) => count(shown) },
  { name: "Clicked", numeric: true, cell: ({ clicked }) => count(clicked) },
];

/** What the picture shows, for who reads or hears figures. */
export function Values({ buckets }: { buckets: readonly Bucket[] }) {
  return (
    <details className={s.values}>
      <summary>As a table</summary>
      <DataTable label="Deliveries over time" columns={COLUMNS} rows={buckets} idOf={({ at }) => at} />
    </details>
  );
}
