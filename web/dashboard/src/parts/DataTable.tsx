import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import s from "./DataTable.module.css";

export interface Column<T> {
  readonly name: string;
  /** `null` where there is nothing to say: a dash, and on a phone no line at all. */
  readonly cell: (row: T) => ReactNode;
  /** Aligned to the right, in figures of one width. */
  readonly numeric?: boolean;
  /** Names the row; on a phone, the heading of its card. */
  readonly main?: boolean;
  /** Sentences: needs room. */
  readonly wide?: boolean;
  /** Ids, addresses, names of devices: broken only where they are longer than any column may be. */
  readonly whole?: boolean;
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
      {columns.map(column => (
        <Cell key={column.name} column={column} content={column.cell(latest)} />
      ))}
    </tr>
  );
}

interface CellProps<T> {
  readonly column: Column<T>;
  readonly content: ReactNode;
}

function Cell<T>({ column: { name, numeric, main, wide, whole, bare }, content }: CellProps<T>) {
  const isEmpty = content === null || content === undefined || content === "" || content === false;
  const shown = isEmpty && !bare ? "–" : content;
  return (
    <td
      role="cell"
      data-numeric={numeric}
      data-main={main}
      data-wide={wide}
      data-whole={whole}
      data-empty={isEmpty || undefined}
      data-label={main || bare ? undefined : name}
    >
      {whole ? <span className={s.whole}>{shown}</span> : shown}
    </td>
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
