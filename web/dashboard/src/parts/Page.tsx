import { type ReactNode, useEffect } from "react";
import s from "./Page.module.css";

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  readonly children: ReactNode;
}

/** One page: its name, what can be done here, what it shows. The tab is named like it. */
export function Page({ title, lead, actions, back, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Pushbell`;
  }, [title]);

  return (
    <div className={s.page}>
      <header className={s.head}>
        <div className={s.words}>
          {back && (
            <a className={s.back} href={back.href}>
              <span aria-hidden="true">←</span> {back.label}
            </a>
          )}
          <h1 className={s.title} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={s.lead}>{lead}</p>}
        </div>
        {actions && <div className={s.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  readonly title?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** What it holds reaches to its edges: tables. */
  readonly flush?: boolean;
  readonly children?: ReactNode;
}

export function Card({ title, lead, actions, flush = false, children }: CardProps) {
  return (
    <section className={s.card} data-flush={flush || undefined}>
      {(title || actions) && (
        <header className={s.cardHead}>
          <div>
            {title && <h2 className={s.cardTitle}>{title}</h2>}
            {lead && <p className={s.cardLead}>{lead}</p>}
          </div>
          {actions && <div className={s.actions}>{actions}</div>}
        </header>
      )}
      {children && <div className={s.cardBody}>{children}</div>}
    </section>
  );
}

/** Cards side by side where there is room. */
export function Columns({ children, wide = "none" }: { children: ReactNode; wide?: "first" | "none" }) {
  return (
    <div className={s.columns} data-wide={wide}>
      {children}
    </div>
  );
}
