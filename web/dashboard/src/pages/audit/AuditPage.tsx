import type { AuditEntry } from "../../api/contract";
import { type PageProps, useOrganization } from "../../app/scope";
import { usePages } from "../../app/useData";
import { shortKey } from "../../app/words";
import { Mono } from "../../parts/Copy";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Card, Page } from "../../parts/Page";

const LIMIT = 50;

/** A VAPID key: the 65 octets of a point (RFC 8292 §3.2) in base64url. */
const VAPID_KEY = /[\w-]{87}/g;

const COLUMNS: Column<AuditEntry>[] = [
  { name: "Change", main: true, whole: true, cell: ({ action }) => <Mono>{action}</Mono> },
  { name: "Of", whole: true, cell: ({ subject }) => subject && <Named>{subject}</Named> },
  {
    name: "Detail",
    cell: ({ detail }) =>
      detail && (
        <span className="small" title={detail}>
          {detail.replace(VAPID_KEY, shortKey)}
        </span>
      ),
  },
  {
    name: "By",
    whole: true,
    cell: ({ actor, address }) => (
      <>
        <Email>{actor}</Email>
        {address && <div className="muted small">{address}</div>}
      </>
    ),
  },
  { name: "When", numeric: true, cell: ({ at }) => <Moment at={at} exact /> },
];

/** Who has changed what; nothing is ever taken out. */
export default function AuditPage({ params }: PageProps) {
  const { paths } = useOrganization(params.organization!);
  const list = usePages("", after => paths.audit({ after, limit: LIMIT }));
  return (
    <Page title="Audit log" lead="Every change, who made it and from where. Secrets never appear in it.">
      <Card flush>
        <Loaded of={list} lines={8}>
          {({ entries }) =>
            entries.length === 0 ? (
              <Empty icon="book" title="Nothing has been changed yet" />
            ) : (
              <DataTable label="Audit log" columns={COLUMNS} rows={entries} idOf={({ entry_id }) => entry_id} />
            )
          }
        </Loaded>
        <Pager page={list.page} onPrevious={list.onPrevious} onNext={list.onNext} />
      </Card>
    </Page>
  );
}

function Named({ children }: { children: string }) {
  return children.includes("@") ? <Email>{children}</Email> : <Mono>{children}</Mono>;
}

/** Where it does not fit in one line, it goes on after the `@`. In a link it would be heard in two words. */
function Email({ children }: { children: string }) {
  const at = children.indexOf("@") + 1;
  return (
    <>
      {children.slice(0, at)}
      <wbr />
      {children.slice(at)}
    </>
  );
}
