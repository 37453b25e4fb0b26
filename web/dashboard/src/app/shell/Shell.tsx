import { Drawer, UnstyledButton } from "@mantine/core";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { organizationPaths } from "../../api/paths";
import { Icon } from "../../parts/Icon";
import { Lines } from "../../parts/Loaded";
import { choose, go, href, usePlace } from "../router";
import { routes } from "../routes";
import { useSession } from "../session";
import { recall, remember } from "../storage";
import { useData } from "../useData";
import { Brand, Navigation } from "./Navigation";
import { NoOrganization, NotFound } from "./NotFound";
import { useMembership } from "./useMembership";
import s from "./Shell.module.css";

/** What is around every page: the way to all others, and who and where one is. */
export function Shell() {
  const place = usePlace();
  const here = useWhere(place.path);
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const found = useMemo(() => choose(routes, place.path), [place.path]);
  const membership = useMembership(found?.params.organization);
  useArrival(place.path, main, () => setOpen(false));

  const navigation = <Navigation path={place.path} {...here} />;
  return (
    <div className={s.shell}>
      <button type="button" className={s.skip} onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <nav className={s.top} aria-label="Top">
        <UnstyledButton className={s.menu} aria-label="Open the menu" onClick={() => setOpen(true)}>
          <Icon name="menu" size={22} />
        </UnstyledButton>
        <Brand />
      </nav>
      <aside className={s.side}>{navigation}</aside>
      <Drawer opened={isOpen} onClose={() => setOpen(false)} size={300} title={<Brand />} padding="md">
        {navigation}
      </Drawer>
      <main ref={main} className={s.main} tabIndex={-1}>
        <Suspense fallback={<Lines count={6} />}>
          {found && membership === "asking" ? (
            <Lines count={6} />
          ) : found && membership === "member" ? (
            // A page of another service is another page, with nothing left over of the one before.
            <found.page key={JSON.stringify(found.params)} params={found.params} query={place.query} />
          ) : place.path === "/" && here.organization === undefined ? (
            <NoOrganization />
          ) : place.path === "/" ? null : (
            <NotFound />
          )}
        </Suspense>
      </main>
    </div>
  );
}

/** The organization and service that the address names, or else those of the last visit. */
function useWhere(path: string) {
  const { organizations } = useSession();
  const [, first, second, third] = path.split("/");
  const named = organizations.find(({ organization_id }) => organization_id === first);
  const last = organizations.find(({ organization_id }) => organization_id === recall("organization"));
  const organization = (named ?? last ?? organizations[0])?.organization_id;
  const services = useData(organization === undefined ? undefined : organizationPaths(organization).services);
  const all = services.data?.services;
  const wanted = named && third ? second : recall(`service:${organization}`);
  const service = (all?.find(({ service_id }) => service_id === wanted) ?? all?.[0])?.service_id;

  useEffect(() => {
    if (named) remember("organization", named.organization_id);
    if (named && service) remember(`service:${named.organization_id}`, service);
  }, [named, service]);

  // The front door leads to where one was, and with nothing set up yet to where that is done.
  useEffect(() => {
    if (path !== "/" || organization === undefined || (!all && !services.error)) return;
    go(href(service ? `/${organization}/${service}/overview` : `/${organization}/extensions`), { replace: true });
  }, [path, organization, service, all, services.error]);

  return { organization, service, services: all };
}

/** A new page begins at its top, and who hears it is told its name. */
function useArrival(path: string, main: React.RefObject<HTMLElement | null>, onArrive: () => void) {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    onArrive();
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  });
}
