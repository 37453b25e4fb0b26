import { useMemo } from "react";
import type { Role } from "../api/contract";
import { organizationPaths, servicePaths } from "../api/paths";
import { href } from "./router";
import { useMay } from "./session";

export interface PageProps {
  /** The values of the route's placeholders. */
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
}

export interface OrganizationScope {
  readonly organization: string;
  readonly paths: ReturnType<typeof organizationPaths>;
  readonly may: (least: Role) => boolean;
  /** The address of a page of this organization. */
  readonly to: (page: string, query?: Record<string, string | undefined>) => string;
}

export interface ServiceScope extends Omit<OrganizationScope, "paths"> {
  readonly service: string;
  readonly paths: ReturnType<typeof servicePaths>;
}

export function useOrganization(organization: string): OrganizationScope {
  const may = useMay(organization);
  const paths = useMemo(() => organizationPaths(organization), [organization]);
  return { organization, paths, may, to: (page, query) => href(`/${organization}/${page}`, query) };
}

export function useService({ organization = "", service = "" }: Record<string, string>): ServiceScope {
  const may = useMay(organization);
  const paths = useMemo(() => servicePaths(organization, service), [organization, service]);
  return { organization, service, paths, may, to: (page, query) => href(`/${organization}/${service}/${page}`, query) };
}
