import type { ServiceScope } from "../../app/scope";
import s from "./Settings.module.css";

const TABS = [
  ["settings", "Service"],
  ["settings/keys", "API keys"],
  ["settings/vapid", "VAPID keys"],
] as const;

/** The three pages of a service's settings. */
export function SettingsTabs({ scope, here }: { scope: ServiceScope; here: (typeof TABS)[number][0] }) {
  return (
    <nav className={s.tabs} aria-label="Settings">
      {TABS.map(([page, name]) => (
        <a key={page} href={scope.to(page)} aria-current={page === here ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
