import { useEffect, useState } from "react";
import { useSession, useSessionState } from "../session";

/**
 * Whether the account has to do with the organization that an address names; with none at all it has. One that the
 * session does not know is asked for once: the organization, or the membership, may be newer than the session.
 */
export function useMembership(organization: string | undefined): "member" | "asking" | "stranger" {
  const { organizations } = useSession();
  const { reload } = useSessionState();
  const [asked, setAsked] = useState<string>();
  const isKnown =
    organization === undefined || organizations.some(({ organization_id }) => organization_id === organization);

  useEffect(() => {
    if (isKnown) return;
    let isWanted = true;
    void reload().then(() => isWanted && setAsked(organization));
    return () => void (isWanted = false);
  }, [isKnown, organization, reload]);

  return isKnown ? "member" : asked === organization ? "stranger" : "asking";
}
