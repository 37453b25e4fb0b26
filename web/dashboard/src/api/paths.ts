import type * as c from "./contract";

declare const answer: unique symbol;

/** A path of the API that can be read, and the shape of what it answers. */
export type Path<T> = string & { readonly [answer]?: T };

export interface Page {
  readonly after?: string | undefined;
  readonly limit?: number;
}

/** `?name=value` of those that have a value; empty without any. */
export function query(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

const part = encodeURIComponent;

export const mine = {
  sessions: "/session/all" as Path<c.Sessions>,
  session: (id: string) => `/session/all/${part(id)}`,
  organizations: "/organizations" as Path<c.OrganizationList>,
  password: "/account/password",
  totp: "/account/totp",
};

/** What is there of one organization. */
export function organizationPaths(organization: string) {
  const root = `/organizations/${part(organization)}`;
  return {
    root: root as Path<c.Organization>,
    plan: `${root}/plan`,
    members: `${root}/members` as Path<c.MemberList>,
    member: (account: string) => `${root}/members/${part(account)}`,
    invitations: `${root}/invitations`,
    invitation: (id: string) => `${root}/invitations/${part(id)}`,
    managementKeys: `${root}/management-keys` as Path<c.ManagementKeyList>,
    managementKey: (id: string) => `${root}/management-keys/${part(id)}`,
    audit: (page: Page) => `${root}/audit${query({ ...page })}` as Path<c.AuditPage>,
    services: `${root}/services` as Path<c.ServiceList>,
    credits: `${root}/credits` as Path<c.CreditTotals>,
    statement: (page: Page) => `${root}/credits/statement${query({ ...page })}` as Path<c.Statement>,
    statementCsv: `${root}/credits/statement.csv`,
    topUps: `${root}/credits/top-ups`,
    alarms: `${root}/alarms` as Path<c.AlarmList>,
    resolveAlarm: (id: string) => `${root}/alarms/${part(id)}/resolve`,
  };
}

/** What is there of one service. */
export function servicePaths(organization: string, service: string) {
  const root = `${organizationPaths(organization).services}/${part(service)}`;
  const notification = (id: string) => `${root}/notifications/${part(id)}`;
  const client = (id: string) => `${root}/clients/${part(id)}`;
  return {
    root: root as Path<c.Service>,
    vapid: `${root}/vapid` as Path<c.VapidPairList>,
    vapidPair: (publicKey: string) => `${root}/vapid/${part(publicKey)}`,
    identityKey: `${root}/identity-key`,
    keys: `${root}/keys` as Path<c.KeyList>,
    key: (id: string) => `${root}/keys/${part(id)}`,
    thisBrowser: `${root}/this-browser`,
    overview: (range: Range) => `${root}/overview?range=${range}` as Path<c.Overview>,
    send: `${root}/notifications`,
    notifications: (filter: Page & { status?: string | undefined }) =>
      `${root}/notifications${query({ ...filter })}` as Path<c.NotificationList>,
    notification: (id: string) => notification(id) as Path<c.Notification>,
    deliveries: (id: string, filter: Page & { outcome?: string | undefined }) =>
      `${notification(id)}/deliveries${query({ ...filter })}` as Path<c.DeliveryList>,
    breakdown: (id: string) => `${notification(id)}/breakdown` as Path<c.Breakdown>,
    events: (id: string) => `${notification(id)}/events`,
    clients: (filter: ClientFilter) => `${root}/clients${query({ ...filter })}` as Path<c.ClientList>,
    client: (id: string) => client(id) as Path<c.Client>,
    deregister: (id: string, reason: string) => client(id) + query({ reason }),
    test: (id: string) => `${client(id)}/test`,
    troubleshooting: (person: Person) => `${root}/troubleshooting${query({ ...person })}` as Path<c.Troubleshooting>,
  };
}

export type Range = "day" | "week" | "month";
export type ClientFilter = Page & { status?: string | undefined; search?: string | undefined };
export type Person = { user_email?: string; user_id?: string; registration_id?: string };
