import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { api } from "../api/client";
import type { Role, Session } from "../api/contract";
import { sentenceOf } from "../api/error";
import { includes } from "./roles";
import { cache } from "./useData";

interface SessionState {
  readonly session: Session | undefined;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
  readonly enter: (session: Session) => void;
  readonly reload: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

const Context = createContext<SessionState | undefined>(undefined);

/** Who uses the dashboard. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>();
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<string>();

  const reload = useCallback(async () => {
    try {
      setSession(await api.session());
      setProblem(undefined);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setLoading(false);
    }
  }, []);

  const enter = useCallback((entered: Session) => {
    setSession(entered);
    setProblem(undefined);
  }, []);

  const leave = useCallback(async () => {
    await api.delete("/session");
    setSession(undefined);
    cache.clear();
    sessionStorage.clear();
  }, []);

  useEffect(() => void reload(), [reload]);
  const value = useMemo(
    () => ({ session, isLoading, problem, enter, reload, leave }),
    [session, isLoading, problem, enter, reload, leave],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSessionState(): SessionState {
  const state = useContext(Context);
  if (!state) throw new Error("Outside of SessionProvider.");
  return state;
}

/** Of pages that are only shown to who has signed in. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (!session) throw new Error("Nobody has signed in.");
  return session;
}

/** What this account may do in an organization; an operator, everything. */
export function useMay(organization: string): (least: Role) => boolean {
  const { account, organizations } = useSession();
  const role = organizations.find(own => own.organization_id === organization)?.role ?? "viewer";
  return least => account.is_operator || includes(role, least);
}
