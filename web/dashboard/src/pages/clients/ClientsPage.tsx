import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Client } from "../../api/contract";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { usePages } from "../../app/useData";
import { count, counted } from "../../app/words";
import { type Column, DataTable, Pager } from "../../parts/DataTable";
import { Empty } from "../../parts/Empty";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Moment } from "../../parts/Moment";
import { Card, Page } from "../../parts/Page";
import { ClientStatus } from "../../parts/Status";
import { deviceOf, isActiveNow } from "./device";
import s from "./Clients.module.css";

const STATUSES = [
  { value: "", label: "All" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
  { value: "expired", label: "Expired" },
  { value: "unregistered", label: "Unregistered" },
];

const LIMIT = 25;

export default function ClientsPage({ params, query }: PageProps) {
  const scope = useService(params);
  const status = query.get("status") ?? "";
  const search = query.get("search") ?? "";
  const filter = (changes: { status?: string; search?: string }) =>
    go(scope.to("clients", { status, search, ...changes }), { replace: true });
  const list = usePages(`${status} ${search}`, after => scope.paths.clients({ status, search, after, limit: LIMIT }));
  return (
    <Page title="Clients" lead="Every browser and installed app that has subscribed to this service.">
      <Card flush>
        <div className={s.filters}>
          <Search search={search} onSearch={text => filter({ search: text })} />
          <NativeSelect
            aria-label="Status"
            data={STATUSES}
            value={status}
            onChange={event => filter({ status: event.currentTarget.value })}
          />
        </div>
        <Loaded of={list} lines={8}>
          {({ clients }) =>
            clients.length === 0 ? (
              <Nothing scope={scope} isFiltered={status !== "" || search !== ""} />
            ) : (
              <DataTable
                label="Clients"
                columns={columnsOf(scope)}
                rows={clients}
                idOf={({ registration_id }) => registration_id}
              />
            )
          }
        </Loaded>
        {list.data && list.data.clients.length > 0 && (
          <Pager
            page={list.page}
            onPrevious={list.onPrevious}
            onNext={list.onNext}
            note={`Page ${count(list.page)}, ${counted(list.data.total, "client")} in all`}
          />
        )}
      </Card>
    </Page>
  );
}

function Search({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  return (
    <form
      className={s.search}
      role="search"
      onSubmit={event => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <TextInput
        aria-label="Find a client"
        placeholder="Email, user id or client id"
        type="search"
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === "") onSearch("");
        }}
      />
      <Button type="submit" variant="default">
        Find
      </Button>
    </form>
  );
}

function columnsOf(scope: ServiceScope): Column<Client>[] {
  return [
    {
      name: "Person",
      main: true,
      cell: ({ registration_id, user_email, user_id }) => (
        <a className={s.person} href={scope.to(`clients/${registration_id}`)}>
          {user_email ?? user_id ?? "Not named"}
          <span className={s.id}>{registration_id}</span>
        </a>
      ),
    },
    { name: "Device", cell: client => deviceOf(client) + (client.is_installed ? ", installed" : "") },
    { name: "Status", cell: ({ status }) => <ClientStatus status={status} /> },
    {
      name: "Last active",
      cell: client => (isActiveNow(client) ? "Now" : client.last_active && <Moment at={client.last_active} />),
    },
    { name: "Notifications", numeric: true, cell: ({ notification_count }) => count(notification_count) },
    { name: "Since", numeric: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
}

function Nothing({ scope, isFiltered }: { scope: ServiceScope; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty icon="search" title="No client fits">
        Search takes a whole email address, user id or client id. <a href={scope.to("clients")}>Show all clients</a>
      </Empty>
    );
  }
  return (
    <Empty
      icon="device"
      title="Nobody is subscribed yet"
      action={
        <Button component="a" href={scope.to("start")}>
          Subscribe this browser
        </Button>
      }
    >
      Clients appear here as soon as somebody turns notifications on, in your site or on the hosted page.
    </Empty>
  );
}
