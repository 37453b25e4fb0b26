import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import s from "./Empty.module.css";

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** In place of a list with nothing in it: why, and what to do next. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={s.empty}>
      <span className={s.icon}>
        <Icon name={icon} size={26} />
      </span>
      <p className={s.title}>{title}</p>
      {children && <div className={s.text}>{children}</div>}
      {action && <div className={s.action}>{action}</div>}
    </div>
  );
}
