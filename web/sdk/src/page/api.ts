import type { DeviceInfo } from "./device";
import { PushbellError } from "./error";

/** The service that a publishable key belongs to. */
export interface ServiceConfig {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** Uncompressed P-256 point, base64url: `applicationServerKey`. */
  readonly vapidPublicKey: string;
  readonly icon: string | undefined;
}

export interface RegistrationRequest {
  subscription: PushSubscriptionJSON;
  user_email?: string;
  user_id?: string;
  identity_token?: string;
  device_info: DeviceInfo;
  is_installed: boolean;
  language: string;
  time_zone: string;
}

const TIMEOUT_MS = 15_000;

/** The browser side of the server's API. Every failure is a PushbellError with the server's own sentence. */
export class RegistrationsApi {
  readonly #root: string;
  readonly #publishableKey: string;

  constructor(serviceUrl: string, publishableKey: string) {
    this.#root = `${serviceUrl.replace(/\/+$/, "")}/v2/push/registrations`;
    this.#publishableKey = publishableKey;
  }

  async config(): Promise<ServiceConfig> {
    const answer = await this.#call<Record<string, string>>("/config", { headers: this.#withKey() });
    return {
      organizationId: answer.organization_id!,
      serviceId: answer.service_id!,
      serviceName: answer.service_name!,
      vapidPublicKey: answer.vapid_public_key!,
      icon: answer.icon ?? undefined,
    };
  }

  async register(request: RegistrationRequest): Promise<{ registrationId: string; registrationToken: string }> {
    const answer = await this.#call<{ registration_id: string; registration_token: string }>("", {
      method: "POST",
      headers: { ...this.#withKey(), "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    return { registrationId: answer.registration_id, registrationToken: answer.registration_token };
  }

  /** A registration that the server no longer knows, and so its token neither, counts as removed. */
  async deregister(registrationId: string, registrationToken: string): Promise<void> {
    try {
      await this.#call(`/${encodeURIComponent(registrationId)}`, {
        method: "DELETE",
        headers: { Authorization: `Bearer ${registrationToken}` },
      });
    } catch (error) {
      if (!(error instanceof PushbellError && (error.status === 401 || error.status === 404))) throw error;
    }
  }

  #withKey(): Record<string, string> {
    return { "X-Publishable-Key": this.#publishableKey };
  }

  async #call<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.#root + path, {
        ...init,
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
}
