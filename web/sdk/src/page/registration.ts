/** This browser on the server's list. */
export interface PushRegistration {
  /** `reg_…`: what `target_registration_ids` takes. */
  readonly registrationId: string;
  readonly endpoint: string;
  readonly userEmail?: string;
  readonly userId?: string;
}

/** A registration and the bearer token that manages it, and only it. */
export interface StoredRegistration extends PushRegistration {
  readonly registrationToken: string;
}

/** Keeps the registration across visits; one per publishable key. */
export class RegistrationStore {
  readonly #key: string;

  constructor(publishableKey: string) {
    this.#key = `pushbell:${publishableKey}`;
  }

  load(): StoredRegistration | undefined {
    try {
      return (JSON.parse(localStorage.getItem(this.#key) ?? "null") as StoredRegistration | null) ?? undefined;
    } catch {
      return undefined; // Storage is blocked, or somebody else wrote here: the next registration makes it right.
    }
  }

  save(registration: StoredRegistration): void {
    localStorage.setItem(this.#key, JSON.stringify(registration));
  }

  clear(): void {
    localStorage.removeItem(this.#key);
  }
}

/** What a page may know of a registration: everything but the token. */
export function publicPart({ registrationToken: _, ...registration }: StoredRegistration): PushRegistration {
  return registration;
}
