import { Button } from "@mantine/core";
import { api } from "../../api/client";
import type { SessionInfo } from "../../api/contract";
import { mine } from "../../api/paths";
import { useAction } from "../../app/useAction";
import { cache, useData } from "../../app/useData";
import { type Column, DataTable } from "../../parts/DataTable";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Failed } from "../../parts/Notice";
import { Card } from "../../parts/Page";
import { Status } from "../../parts/Status";
import { say } from "../../parts/Toasts";
import { describeAgent } from "./agent";

/** Where this account is signed in. */
export function SessionsCard() {
  const sessions = useData(mine.sessions);
  const end = useAction(async ({ session_id }: SessionInfo) => {
    await api.delete(mine.session(session_id));
    say("That session has ended.");
    await cache.refresh(mine.sessions);
  });
  const columns: Column<SessionInfo>[] = [
    {
      name: "Browser",
      main: true,
      cell: ({ user_agent }) => <span title={user_agent}>{describeAgent(user_agent)}</span>,
    },
    { name: "Address", cell: ({ address }) => address },
    { name: "Signed in", cell: ({ created_at }) => <Moment at={created_at} /> },
    { name: "Last seen", cell: ({ last_seen_at }) => <Moment at={last_seen_at} /> },
    {
      name: "End the session",
      bare: true,
      numeric: true,
      cell: session =>
        session.is_current ? (
          <Status tone="good">This one</Status>
        ) : (
          <Button
            size="xs"
            variant="default"
            disabled={end.busy}
            aria-label={`End the session of ${describeAgent(session.user_agent)} at ${session.address}`}
            onClick={() => void end.run(session)}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <Card title="Sessions" lead="Where you are signed in. End those that you do not know." flush>
      <Failed error={end.error} />
      <Loaded of={sessions}>
        {({ sessions: all }) => (
          <DataTable label="Sessions" columns={columns} rows={all} idOf={({ session_id }) => session_id} />
        )}
      </Loaded>
    </Card>
  );
}
