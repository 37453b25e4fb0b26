import { call, type IdentityFields, type RegistrationDetails, type SubscriptionFields } from "../shared/api";
import { PushbellError } from "../shared/error";
import type { PushbellOptions } from "./options";

/** The service that a publishable key belongs to. */
export interface ServiceConfig {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** Uncompressed P-256 point, base64url: `applicationServerKey`. */
  readonly vapidPublicKey: string;
  readonly icon: string | undefined;
  /** Whether the service asks for, or insists on, a `token` in `identify`. */
  readonly identity: "off" | "optional" | "required";
  /** CSS colors, where the service has some. */
  readonly colors: { readonly theme: string | undefined; readonly background: string | undefined };
}

interface Answer {
  organization_id: string;
  service_id: string;
  service_name: string;
  vapid_public_key: string;
  icon?: string | null;
  identity?: ServiceConfig["identity"];
  colors?: { theme?: string | null; background?: string | null };
}

/** The service of this page's key. Refuses another one than the page names. */
export async function fetchService(serviceUrl: string, options: PushbellOptions): Promise<ServiceConfig> {
  const key = { "X-Publishable-Key": options.organizationPublishableKey };
  const answer = await call<Answer>(serviceUrl, "/config", "GET", key);
  const { organizationId = answer.organization_id, serviceId = answer.service_id } = options;
  if (organizationId !== answer.organization_id || serviceId !== answer.service_id) {
    const owner = `${answer.organization_id}, ${answer.service_id}`;
    throw new PushbellError("WRONG_SERVICE", `This publishable key belongs to another service: ${owner}.`);
  }
  return {
    organizationId,
    serviceId,
    serviceName: answer.service_name,
    vapidPublicKey: answer.vapid_public_key,
    icon: answer.icon ?? undefined,
    identity: answer.identity ?? "off",
    colors: { theme: answer.colors?.theme ?? undefined, background: answer.colors?.background ?? undefined },
  };
}

/** Puts a browser on the service's list: a new one, or the same one again, known by its subscription. */
export function register(
  serviceUrl: string,
  publishableKey: string,
  request: SubscriptionFields & RegistrationDetails & IdentityFields,
): Promise<{ registration_id: string; registration_token: string }> {
  return call(serviceUrl, "", "POST", { "X-Publishable-Key": publishableKey }, request);
}
