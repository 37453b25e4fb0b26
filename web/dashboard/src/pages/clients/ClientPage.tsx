import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client";
import type { Client, Notification as Sent } from "../../api/contract";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { useAction } from "../../app/useAction";
import { cache, useData } from "../../app/useData";
import { count } from "../../app/words";
import { Confirm } from "../../parts/Confirm";
import { Mono } from "../../parts/Copy";
import { Facts } from "../../parts/Facts";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Failed, Notice } from "../../parts/Notice";
import { Card, Columns, Page } from "../../parts/Page";
import { ClientStatus } from "../../parts/Status";
import { say } from "../../parts/Toasts";
import { deviceOf, isActiveNow } from "./device";

/** One browser or installed app. */
export default function ClientPage({ params }: PageProps) {
  const scope = useService(params);
  const client = useData(scope.paths.client(params.client!));
  return (
    <Loaded of={client} lines={8}>
      {known => <Detail scope={scope} client={known} />}
    </Loaded>
  );
}

function Detail({ scope, client }: { scope: ServiceScope; client: Client }) {
  const [asks, setAsks] = useState(false);
  const { registration_id: id, user_email, user_id, status } = client;
  const test = useAction(async () => {
    const sent = await api.post<Sent>(scope.paths.test(id));
    await cache.refresh(scope.paths.root);
    say("The test notification is on its way.");
    go(scope.to(`notifications/${sent.request_id}`));
  });
  return (
    <Page
      title={user_email ?? user_id ?? "A client without a name"}
      back={{ href: scope.to("clients"), label: "Clients" }}
      lead={deviceOf(client)}
      actions={
        <>
          <Button variant="default" component="a" href={scope.to("troubleshooting", { registration_id: id })}>
            Why not reached?
          </Button>
          {scope.may("admin") && status !== "unregistered" && (
            <Button variant="default" onClick={() => setAsks(true)}>
              Deregister
            </Button>
          )}
          {scope.may("sender") && status === "active" && (
            <Button loading={test.busy} onClick={() => void test.run()}>
              Send a test
            </Button>
          )}
        </>
      }
    >
      <Failed error={test.error} />
      {!client.vapid_key_is_current && status === "active" && (
        <Notice tone="info">
          It subscribed with an earlier VAPID key and is still reached with that. It moves over on the person&rsquo;s
          next visit.
        </Notice>
      )}
      <Columns>
        <Card title="State">
          <Facts
            of={[
              ["Status", <ClientStatus status={status} />],
              ["Why", client.status_reason],
              ["Online", isActiveNow(client) ? "Now" : "No"],
              ["Last active", client.last_active && <Moment at={client.last_active} />],
              ["Last notified", client.last_notified_at && <Moment at={client.last_notified_at} />],
              ["Notifications", count(client.notification_count)],
              ["Since", <Moment at={client.created_at} exact />],
            ]}
          />
        </Card>
        <Card title="Person and device">
          <Facts
            of={[
              ["Email", user_email],
              ["User id", user_id],
              ["Device", deviceOf(client)],
              ["Kind", client.device_info.device_type],
              ["Installed as an app", client.is_installed ? "Yes" : "No"],
              ["Language", client.language],
              ["Time zone", client.time_zone],
              ["Push service", client.push_service],
              ["Client", <Mono>{id}</Mono>],
            ]}
          />
        </Card>
      </Columns>
      {asks && (
        <Confirm
          title="Deregister this client?"
          action="Deregister"
          onConfirm={async () => {
            await api.delete(scope.paths.deregister(id, "dashboard"));
            say("The client is deregistered.");
            await cache.refresh(scope.paths.root);
          }}
          onClose={() => setAsks(false)}
        >
          It gets no more notifications. Only the person can subscribe it again.
        </Confirm>
      )}
    </Page>
  );
}
