import { type ReactNode, useEffect } from "react";
import s from "./Entrance.module.css";

/** The one card of whoever has not signed in. */
export function Entrance({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Pushbell`;
  }, [title]);
  return (
    <main className={s.entrance}>
      <div className={s.card}>
        <p className={s.brand}>
          <img src={`${import.meta.env.BASE_URL}bell.svg`} width={36} height={36} alt="" />
          Pushbell
        </p>
        <h1 className={s.title}>{title}</h1>
        {lead && <p className={s.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
