import type { Service } from "../../api/contract";
import { Icon, type IconName } from "../../parts/Icon";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { AccountMenu } from "./AccountMenu";
import { Switcher } from "./Switcher";
import s from "./Navigation.module.css";

interface NavigationProps {
  readonly path: string;
  readonly organization: string | undefined;
  readonly service: string | undefined;
  readonly services: readonly Service[] | undefined;
}

/** Every page that this account may visit, of the service and the organization at hand. */
export function Navigation({ path, organization, service, services }: NavigationProps) {
  const { account } = useSession();
  const may = useMay(organization ?? "");
  const of = `/${organization}`;
  const own = `${of}/${service}`;
  const item = (icon: IconName, label: string, to: string, alias = to) => (
    <Item key={to} icon={icon} label={label} to={to} isHere={[to, alias].includes(path) || path.startsWith(`${to}/`)} />
  );
  return (
    <div className={s.side}>
      <div className={s.brand}>
        <Brand />
      </div>
      {organization && <Switcher organization={organization} service={service} services={services} />}
      <nav className={s.nav} aria-label="Main">
        {organization && service && (
          <Group name="Push notifications">
            {item("chart", "Overview", `${own}/overview`)}
            {may("sender") && item("send", "Compose", `${own}/compose`)}
            {item("list", "Notifications", `${own}/notifications`)}
            {item("device", "Clients", `${own}/clients`)}
            {item("help", "Troubleshooting", `${own}/troubleshooting`)}
            {item("gear", "Settings", `${own}/settings`)}
          </Group>
        )}
        {organization && (
          <Group name="Organization">
            {item("plug", "Extensions", `${of}/extensions`, of)}
            {item("coins", "Usage and credits", `${of}/usage`)}
            {item("people", "Members", `${of}/members`)}
            {may("admin") && item("key", "Management keys", `${of}/management-keys`)}
            {may("admin") && item("book", "Audit log", `${of}/audit`)}
          </Group>
        )}
        {account.is_operator && (
          <Group name="Installation">{item("building", "Organizations", "/organizations")}</Group>
        )}
      </nav>
      <AccountMenu />
    </div>
  );
}

export function Brand() {
  return (
    <a className={s.logo} href={href("/")}>
      <img src={`${import.meta.env.BASE_URL}bell.svg`} width={28} height={28} alt="" />
      Pushbell
    </a>
  );
}

function Group({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={s.group} role="group" aria-label={name}>
      <p className={s.name} aria-hidden="true">
        {name}
      </p>
      <ul className={s.list}>{children}</ul>
    </div>
  );
}

function Item({ icon, label, to, isHere }: { icon: IconName; label: string; to: string; isHere: boolean }) {
  return (
    <li>
      <a className={s.item} href={href(to)} aria-current={isHere ? "page" : undefined}>
        <Icon name={icon} />
        {label}
      </a>
    </li>
  );
}
