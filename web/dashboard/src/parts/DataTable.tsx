import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import s from "./DataTable.module.css";

export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => ReactNode;
  /** Aligned to the right, in figures of one width. */
  readonly numeric?: boolean;
  /** Names the row; on a phone, the heading of its card. */
  readonly main?: boolean;
  /** Sentences: needs room. */
  readonly wide?: boolean;
  /** Without a heading that is seen: buttons. */
  readonly bare?: boolean;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** A hook that follows a row which changes while it is on view. */
  readonly useLatest?: (row: T) => T;
}

/** A table that becomes a list of cards where there is no room for columns. */
export function DataTable<T>({ label, columns, rows, idOf, useLatest = asItIs }: DataTableProps<T>) {
  return (
    <div className={s.box}>
      <table className={s.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name, numeric, bare }) => (
              <th key={name} role="columnheader" scope="col" data-numeric={numeric}>
                <span className={bare ? "unseen" : undefined}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(row => (
            <Row key={idOf(row)} columns={columns} row={row} useLatest={useLatest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps<T> {
  readonly columns: readonly Column<T>[];
  readonly row: T;
  readonly useLatest: (row: T) => T;
}

function Row<T>({ columns, row, useLatest }: RowProps<T>) {
  const latest = useLatest(row);
  return (
    <tr role="row">
      {columns.map(({ name, cell, numeric, main, wide, bare }) => (
        <td
          key={name}
          role="cell"
          data-numeric={numeric}
          data-main={main}
          data-wide={wide}
          data-label={main || bare ? undefined : name}
        >
          {cell(latest)}
        </td>
      ))}
    </tr>
  );
}

function asItIs<T>(row: T): T {
  return row;
}

interface PagerProps {
  readonly page: number;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly note?: ReactNode;
}

/** Under a list that goes on. */
export function Pager({ page, onPrevious, onNext, note }: PagerProps) {
  if (!onPrevious && !onNext && !note) return null;
  return (
    <nav className={s.pager} aria-label="Pages">
      <span className={s.note}>{note ?? `Page ${page}`}</span>
      {(onPrevious || onNext) && (
        <>
          <Button size="xs" variant="default" disabled={!onPrevious} onClick={onPrevious}>
            Previous
          </Button>
          <Button size="xs" variant="default" disabled={!onNext} onClick={onNext}>
            Next
          </Button>
        </>
      )}
    </nav>
  );
}
