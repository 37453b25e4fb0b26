import { Button } from "@mantine/core";
import type { Service } from "../../api/contract";
import { type PageProps, useOrganization } from "../../app/scope";
import { useData } from "../../app/useData";
import { count } from "../../app/words";
import { type Column, DataTable } from "../../parts/DataTable";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Card, Page } from "../../parts/Page";
import { Status } from "../../parts/Status";
import s from "./ExtensionsPage.module.css";

/** What an organization can switch on: push notifications. */
export default function ExtensionsPage({ params }: PageProps) {
  const { organization, paths, may } = useOrganization(params.organization!);
  const services = useData(paths.services);
  const link = (service: Service, page: string) => `#/${organization}/${service.service_id}/${page}`;
  const columns: Column<Service>[] = [
    { name: "Service", main: true, cell: service => <a href={link(service, "overview")}>{service.name}</a> },
    { name: "Identifier", cell: ({ identifier }) => identifier },
    {
      name: "State",
      cell: service => <Status tone={service.is_active ? "good" : "quiet"}>{service.is_active ? "On" : "Off"}</Status>,
    },
    { name: "Active clients", numeric: true, cell: service => count(service.active_clients) },
    {
      name: "Set-up",
      bare: true,
      numeric: true,
      cell: service => (
        <Button
          size="xs"
          variant="default"
          component="a"
          href={link(service, "start")}
          aria-label={`Set-up of ${service.name}`}
        >
          Set-up
        </Button>
      ),
    },
  ];
  return (
    <Page title="Extensions" lead="What your organization can do with Pushbell.">
      <Loaded of={services}>
        {({ services: all }) => (
          <>
            <Card>
              <div className={s.extension}>
                <span className={s.icon}>
                  <Icon name="bell" size={28} />
                </span>
                <div className={s.text}>
                  <h2 className={s.name}>Push notifications</h2>
                  <p className="muted">
                    Reach people in their browsers and in installed web apps, on phones and computers, from your backend
                    or from here.
                  </p>
                </div>
                <div className={s.act}>
                  {all.length > 0 && <Status tone="good">Enabled</Status>}
                  {may("admin") ? (
                    <Button
                      component="a"
                      href={`#/${organization}/extensions/push`}
                      variant={all.length > 0 ? "default" : "filled"}
                    >
                      {all.length > 0 ? "Add a service" : "Enable"}
                    </Button>
                  ) : (
                    all.length === 0 && <p className="muted small">An admin of your organization can enable it.</p>
                  )}
                </div>
              </div>
            </Card>
            {all.length > 0 && (
              <Card title="Services" lead="One for each web app: its own keys, origins and clients." flush>
                <DataTable label="Services" columns={columns} rows={all} idOf={({ service_id }) => service_id} />
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
