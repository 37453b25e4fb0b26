import { Menu, UnstyledButton } from "@mantine/core";
import type { Service } from "../../api/contract";
import { Icon } from "../../parts/Icon";
import { go, href } from "../router";
import { useMay, useSession } from "../session";
import s from "./Switcher.module.css";

interface SwitcherProps {
  readonly organization: string;
  readonly service: string | undefined;
  readonly services: readonly Service[] | undefined;
}

/** An operator may have thousands; those have a page of their own. */
const MOST = 12;

/** Where one is, and the way to the other services and organizations. */
export function Switcher({ organization, service, services }: SwitcherProps) {
  const { organizations } = useSession();
  const may = useMay(organization);
  const here = organizations.find(({ organization_id }) => organization_id === organization);
  const current = services?.find(({ service_id }) => service_id === service);
  const others = organizations.filter(({ organization_id }) => organization_id !== organization);
  return (
    <Menu width={248}>
      <Menu.Target>
        <UnstyledButton className={s.button}>
          <span className={s.mark} aria-hidden="true">
            {(here?.name ?? "?").slice(0, 1).toUpperCase()}
          </span>
          <span className={s.names}>
            <span className={s.organization}>{here?.name}</span>
            <span className={s.service}>{current?.name ?? "No service yet"}</span>
          </span>
          <span className="unseen">Switch</span>
          <Icon name="chevron" size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {services && services.length > 0 && <Menu.Label>Services of {here?.name}</Menu.Label>}
        {services?.map(({ service_id, name }) => (
          <Menu.Item
            key={service_id}
            rightSection={service_id === service ? <Icon name="check" size={16} /> : null}
            onClick={() => go(href(`/${organization}/${service_id}/overview`))}
          >
            {name}
          </Menu.Item>
        ))}
        {may("admin") && (
          <Menu.Item
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => go(href(`/${organization}/extensions/push`))}
          >
            Add a service
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Divider />}
        {others.length > 0 && <Menu.Label>Other organizations</Menu.Label>}
        {others.slice(0, MOST).map(({ organization_id, name }) => (
          <Menu.Item key={organization_id} onClick={() => go(href(`/${organization_id}`))}>
            {name}
          </Menu.Item>
        ))}
        {others.length > MOST && <Menu.Item onClick={() => go(href("/organizations"))}>All organizations…</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
