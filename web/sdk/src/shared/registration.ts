import type { RegistrationDetails } from "./api";
import { REGISTRATIONS, withStore } from "./database";

/** This browser on the server's list. */
export interface PushRegistration {
  /** `reg_…`: what `target_registration_ids` takes. */
  readonly registrationId: string;
  readonly endpoint: string;
  readonly userEmail?: string;
  readonly userId?: string;
}

/**
 * What the server was last told, and the bearer token that manages this registration and only it. Where the browser
 * differs from it, there is something to tell: nothing else need be remembered while the server is out of reach.
 */
export interface StoredRegistration extends PushRegistration {
  readonly serviceUrl: string;
  readonly serviceId: string;
  readonly registrationToken: string;
  /** The key that the subscription was made with. */
  readonly vapidPublicKey: string;
  readonly details: RegistrationDetails;
}

export function loadRegistration(scope: string): Promise<StoredRegistration | undefined> {
  return withStore(REGISTRATIONS, "readonly", store => store.get(scope));
}

export async function saveRegistration(scope: string, registration: StoredRegistration): Promise<void> {
  await withStore(REGISTRATIONS, "readwrite", store => store.put(registration, scope));
}

export async function removeRegistration(scope: string): Promise<void> {
  await withStore(REGISTRATIONS, "readwrite", store => store.delete(scope));
}

/** One at a time among all pages and the worker of this scope: two that renew a subscription would end each other's. */
export function exclusively<T>(scope: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`pushbell:${scope}`, work) as Promise<T>;
}

/** What a page may know of a registration: not the token. */
export function publicPart({ registrationId, endpoint, userEmail, userId }: StoredRegistration): PushRegistration {
  return { registrationId, endpoint, userEmail, userId };
}
