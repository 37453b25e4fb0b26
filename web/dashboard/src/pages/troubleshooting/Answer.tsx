import type { Client, Troubleshooting } from "../../api/contract";
import type { ServiceScope } from "../../app/scope";
import { type Column, DataTable } from "../../parts/DataTable";
import { Icon } from "../../parts/Icon";
import { Moment } from "../../parts/Moment";
import { Card } from "../../parts/Page";
import { ClientStatus, OutcomeStatus } from "../../parts/Status";
import { deviceOf } from "../clients/device";
import s from "./Troubleshooting.module.css";

type Recent = Troubleshooting["recent"][number];

const LEVELS = { ok: ["check", "Fine"], warning: ["alert", "Warning"], problem: ["close", "Problem"] } as const;

export function Answer({ scope, answer }: { scope: ServiceScope; answer: Troubleshooting }) {
  return (
    <>
      <Card>
        <p className={s.verdict} role="status">
          {answer.verdict}
        </p>
        <ul className={s.findings}>
          {answer.findings.map(({ level, sentence, what_to_do, registration_id }, at) => (
            <li key={at} className={s.finding} data-level={level}>
              <span className={s.icon} role="img" aria-label={LEVELS[level][1]}>
                <Icon name={LEVELS[level][0]} />
              </span>
              <div>
                <p>
                  {sentence}{" "}
                  {registration_id && (
                    <a className="small" href={scope.to(`clients/${registration_id}`)}>
                      Show the client
                    </a>
                  )}
                </p>
                {what_to_do && <p className="muted">{what_to_do}</p>}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      {answer.clients.length > 0 && (
        <Card title="Their clients" flush>
          <DataTable
            label="Their clients"
            columns={clientColumns(scope)}
            rows={answer.clients}
            idOf={({ registration_id }) => registration_id}
          />
        </Card>
      )}
      {answer.recent.length > 0 && (
        <Card title="What was sent to them last" flush>
          <DataTable
            label="What was sent to them last"
            columns={recentColumns(scope)}
            rows={answer.recent}
            idOf={({ request_id, registration_id }) => request_id + registration_id}
          />
        </Card>
      )}
    </>
  );
}

function clientColumns(scope: ServiceScope): Column<Client>[] {
  return [
    {
      name: "Client",
      main: true,
      cell: client => <a href={scope.to(`clients/${client.registration_id}`)}>{deviceOf(client)}</a>,
    },
    { name: "Status", cell: ({ status }) => <ClientStatus status={status} /> },
    { name: "Why", wide: true, cell: ({ status_reason }) => status_reason },
    {
      name: "Last active",
      numeric: true,
      cell: ({ last_active }) => last_active && <Moment at={last_active} />,
    },
  ];
}

function recentColumns(scope: ServiceScope): Column<Recent>[] {
  return [
    {
      name: "Notification",
      main: true,
      cell: ({ request_id, title }) => <a href={scope.to(`notifications/${request_id}`)}>{title}</a>,
    },
    { name: "Outcome", cell: ({ outcome }) => <OutcomeStatus outcome={outcome} /> },
    { name: "Shown", cell: ({ shown }) => (shown ? "Yes" : "Not reported") },
    {
      name: "What it means",
      wide: true,
      cell: ({ reason_text }) => reason_text && <span className="small">{reason_text}</span>,
    },
    { name: "Sent", numeric: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
}
