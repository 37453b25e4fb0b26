import { PushbellError } from "./error";

/** What the server keeps about a browser besides its subscription and its user. */
export interface RegistrationDetails {
  readonly device_info: DeviceInfo;
  readonly is_installed: boolean;
  readonly language: string;
  readonly time_zone: string;
}

/** Coarse on purpose: enough to tell one's own devices apart. */
export interface DeviceInfo {
  browser_name: string;
  /** The major version only. */
  browser_version: string;
  os_name: string;
  device_type: "desktop" | "mobile" | "tablet";
}

/** Whose browser it is; an empty text takes a part off. */
export interface IdentityFields {
  user_email?: string;
  user_id?: string;
  identity_token?: string;
}

export interface SubscriptionFields {
  subscription: PushSubscriptionJSON;
  /** The key that it was made with. */
  vapid_public_key: string;
}

export interface ReceiptFields {
  notification_id: string;
  event: "shown" | "clicked" | "dismissed";
  action?: string;
}

export interface Heartbeat {
  status: "active" | "inactive" | "expired" | "unregistered";
  /** The service's current key. */
  vapid_public_key: string;
  /** The server can reach this browser no more by the subscription that it knows, or should not for long. */
  needs_subscription: boolean;
}

/** Who calls for a registration: its id, and the token that stands for it. */
export interface Holder {
  readonly serviceUrl: string;
  readonly registrationId: string;
  readonly registrationToken: string;
}

const TIMEOUT_MS = 15_000;

export function update(
  holder: Holder,
  changes: Partial<SubscriptionFields & RegistrationDetails> & IdentityFields,
): Promise<unknown> {
  return callAs(holder, "PATCH", "", changes);
}

export function heartbeat(holder: Holder): Promise<Heartbeat> {
  return callAs(holder, "POST", "/heartbeat", {});
}

export function report(holder: Holder, receipts: ReceiptFields[]): Promise<unknown> {
  return callAs(holder, "POST", "/receipts", { receipts });
}

export function deregister(holder: Holder): Promise<unknown> {
  return callAs(holder, "DELETE", "");
}

function callAs<T>(
  { serviceUrl, registrationId, registrationToken }: Holder,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const authorization = { Authorization: `Bearer ${registrationToken}` };
  return call(serviceUrl, `/${encodeURIComponent(registrationId)}${path}`, method, authorization, body);
}

/** The browser side of the server's API. Every failure is a PushbellError, with the server's own sentence if it spoke. */
export async function call<T>(
  serviceUrl: string,
  path: string,
  method: string,
  headers: Record<string, string>,
  body?: object,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${serviceUrl}/v2/push/registrations${path}`, {
      method,
      headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw PushbellError.from(error, "NETWORK_ERROR", "The Pushbell server could not be reached: ");
  }

  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  const detail = answer?.detail ?? `The Pushbell server answered ${response.status}.`;
  throw new PushbellError(answer?.code ?? "UNEXPECTED", detail, { status: response.status });
}

/** The server knows neither this registration nor its token, or no longer. */
export function isUnknown(error: unknown): boolean {
  return error instanceof PushbellError && error.status === 401;
}

/** The same call may succeed later: no answer, too many calls, or the server is in trouble. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof PushbellError)) return false;
  const { code, status = 0 } = error;
  return code === "NETWORK_ERROR" || status === 408 || status === 429 || status >= 500;
}
