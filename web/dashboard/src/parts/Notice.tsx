import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import s from "./Notice.module.css";

type Tone = "info" | "good" | "warn" | "bad";

const ICONS: Record<Tone, IconName> = { info: "help", good: "check", warn: "alert", bad: "alert" };

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Something to know about what stands beside it. What went wrong is read out at once. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  return (
    <div className={s.notice} data-tone={tone} role={tone === "bad" ? "alert" : tone === "info" ? undefined : "status"}>
      <span className={s.icon}>
        <Icon name={ICONS[tone]} />
      </span>
      <div className={s.text}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}

/** The sentence of what failed, where something did. */
export function Failed({ error, action }: { error: string | undefined; action?: ReactNode }) {
  return error === undefined ? null : (
    <Notice tone="bad" action={action}>
      {error}
    </Notice>
  );
}
