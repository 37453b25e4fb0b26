import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { Icon, type IconName } from "../../parts/Icon";
import { say } from "../../parts/Toasts";
import { sentenceOf } from "../../api/error";
import { go, href } from "../router";
import { useSession, useSessionState } from "../session";
import s from "./Switcher.module.css";

const SCHEMES: readonly [MantineColorScheme, string, IconName][] = [
  ["auto", "As the system", "device"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
];

export function AccountMenu() {
  const { account, version } = useSession();
  const { leave } = useSessionState();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true }); // Else it writes a style into the page.
  return (
    <Menu width={248} position="top-start">
      <Menu.Target>
        <UnstyledButton className={s.button}>
          <span className="unseen">Account</span>
          <span className={s.mark} aria-hidden="true">
            <Icon name="user" />
          </span>
          <span className={s.names}>
            <span className={s.organization}>{account.email}</span>
            <span className={s.service}>{account.is_operator ? "Operator" : `Pushbell ${version}`}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="user" size={16} />} onClick={() => go(href("/account"))}>
          Account and security
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="book" size={16} />}
          component="a"
          href="/docs/"
          target="_blank"
          rel="noopener"
        >
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(([scheme, name, icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icon} size={16} />}
            rightSection={colorScheme === scheme ? <Icon name="check" size={16} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="out" size={16} />}
          onClick={() => void leave().catch(error => say(sentenceOf(error)))}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
