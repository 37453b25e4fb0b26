import { Button } from "@mantine/core";
import type { Column } from "./DataTable";
import { Moment } from "./Moment";
import { Mono } from "./Copy";
import { Status } from "./Status";

interface AnyKey {
  readonly name: string;
  readonly hint: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** What is told of every kind of key, and how to get rid of it. */
export function keyColumns<K extends AnyKey>(mayRevoke: boolean, onRevoke: (key: K) => void): Column<K>[] {
  return [
    { name: "Ends in", cell: ({ hint }) => <Mono>{`…${hint}`}</Mono> },
    { name: "Last used", cell: ({ last_used_at }) => (last_used_at ? <Moment at={last_used_at} /> : "Never") },
    { name: "Made", cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      name: "Revoke",
      bare: true,
      numeric: true,
      cell: key =>
        key.revoked_at ? (
          <Status tone="quiet">Revoked</Status>
        ) : mayRevoke ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Revoke ${key.name}, ending in ${key.hint}`}
            onClick={() => onRevoke(key)}
          >
            Revoke
          </Button>
        ) : null,
    },
  ];
}
