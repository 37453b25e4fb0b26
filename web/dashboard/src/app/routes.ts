import { type ComponentType, lazy } from "react";
import type { Route } from "./router";
import type { PageProps } from "./scope";

type Page = ComponentType<PageProps>;

/** Each page comes when it is first visited. */
const page = (load: () => Promise<{ default: Page }>): Page => lazy(load);

const overview = () => import("../pages/overview/OverviewPage");

/** Fetches the page that most visits begin with while the session is still being asked for. */
export function fetchFrontPage(path: string): void {
  if (path === "/" || path.endsWith("/overview")) void overview();
}

export const routes: readonly Route<Page>[] = [
  { pattern: "/account", page: page(() => import("../pages/account/AccountPage")) },
  { pattern: "/organizations", page: page(() => import("../pages/operator/OrganizationsPage")) },

  { pattern: "/:organization", page: page(() => import("../pages/extensions/ExtensionsPage")) },
  { pattern: "/:organization/extensions", page: page(() => import("../pages/extensions/ExtensionsPage")) },
  { pattern: "/:organization/extensions/push", page: page(() => import("../pages/wizard/WizardPage")) },
  { pattern: "/:organization/usage", page: page(() => import("../pages/usage/UsagePage")) },
  { pattern: "/:organization/members", page: page(() => import("../pages/members/MembersPage")) },
  { pattern: "/:organization/management-keys", page: page(() => import("../pages/members/ManagementKeysPage")) },
  { pattern: "/:organization/audit", page: page(() => import("../pages/audit/AuditPage")) },

  { pattern: "/:organization/:service/overview", page: page(overview) },
  { pattern: "/:organization/:service/start", page: page(() => import("../pages/wizard/StartPage")) },
  { pattern: "/:organization/:service/compose", page: page(() => import("../pages/compose/ComposePage")) },
  {
    pattern: "/:organization/:service/notifications",
    page: page(() => import("../pages/notifications/NotificationsPage")),
  },
  {
    pattern: "/:organization/:service/notifications/:request",
    page: page(() => import("../pages/notifications/NotificationPage")),
  },
  { pattern: "/:organization/:service/clients", page: page(() => import("../pages/clients/ClientsPage")) },
  { pattern: "/:organization/:service/clients/:client", page: page(() => import("../pages/clients/ClientPage")) },
  {
    pattern: "/:organization/:service/troubleshooting",
    page: page(() => import("../pages/troubleshooting/TroubleshootingPage")),
  },
  { pattern: "/:organization/:service/settings", page: page(() => import("../pages/settings/ServicePage")) },
  { pattern: "/:organization/:service/settings/keys", page: page(() => import("../pages/settings/KeysPage")) },
  { pattern: "/:organization/:service/settings/vapid", page: page(() => import("../pages/settings/VapidPage")) },
];
