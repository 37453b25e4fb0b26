import {
  deregister,
  heartbeat,
  type Heartbeat,
  isTemporary,
  isUnknown,
  type SubscriptionFields,
  update,
} from "../shared/api";
import { PushbellError } from "../shared/error";
import {
  exclusively,
  loadRegistration,
  type PushRegistration,
  publicPart,
  removeRegistration,
  saveRegistration,
  type StoredRegistration,
} from "../shared/registration";
import { resubscribe, subscribe } from "../shared/subscription";
import { currentDetails, sameDetails } from "./details";
import { currentPermission } from "./environment";
import type { Emitter } from "./events";
import { identityFields, isIdentityOf } from "./identity";
import type { Identity } from "./options";
import { register, type ServiceConfig } from "./service";

/** Where a registration is made: the service, and the worker that its subscription belongs to. */
export interface Place {
  readonly config: ServiceConfig;
  readonly worker: ServiceWorkerRegistration;
}

/** Keeps three in step: the server's list, what this browser remembers of it, and the browser's own subscription. */
export class Enrolment {
  readonly #serviceUrl: string;
  readonly #publishableKey: string;
  readonly #scope: string;
  readonly #events: Emitter;
  #current: StoredRegistration | undefined;
  /** Undefined until the page has said who it is. */
  #identity: Identity | undefined;
  /** The same, until the server has been told. Another page of this site may say otherwise later, and is not overruled. */
  #untold: Identity | undefined;

  constructor(serviceUrl: string, publishableKey: string, scope: string, events: Emitter) {
    this.#serviceUrl = serviceUrl;
    this.#publishableKey = publishableKey;
    this.#scope = scope;
    this.#events = events;
  }

  /** As far as was known at the last look. */
  get current(): PushRegistration | undefined {
    return this.#current && publicPart(this.#current);
  }

  /** For the next registration, and for the one that is there at the next `reconcile`. */
  name(identity: Identity): void {
    this.#identity = this.#untold = identity;
  }

  /** Looks up what is remembered, for this service. */
  async recall(serviceId: string | undefined): Promise<StoredRegistration | undefined> {
    const found = await loadRegistration(this.#scope);
    const isOurs = found?.serviceUrl === this.#serviceUrl && (serviceId ?? found.serviceId) === found.serviceId;
    return (this.#current = isOurs ? found : undefined);
  }

  /** Gives a sign of life and puts right whatever has changed on either side. Never asks the user anything. */
  reconcile(place: Place): Promise<void> {
    return exclusively(this.#scope, () => this.#reconcile(place));
  }

  /** Puts this browser on the server's list. The permission is there. */
  register(place: Place): Promise<PushRegistration> {
    return exclusively(this.#scope, async () => {
      await this.#reconcile(place);
      return publicPart(this.#current ?? (await this.#enter(place)));
    });
  }

  /** Takes it off. The subscription ends first, so that this holds even when the server cannot be reached. */
  end(worker: ServiceWorkerRegistration | undefined, serviceId: string | undefined): Promise<void> {
    return exclusively(this.#scope, async () => {
      const known = await this.recall(serviceId);
      await endSubscription(worker);
      if (known) await this.#forget(known);
    });
  }

  async #reconcile(place: Place): Promise<void> {
    const known = await this.recall(place.config.serviceId);
    if (!known) return;
    const pulse = currentPermission() === "granted" ? await pulseOf(known) : "not allowed";
    if (pulse === "unknown") {
      await this.#enter(place);
    } else if (pulse === "not allowed" || pulse.status === "unregistered") {
      await endSubscription(place.worker);
      await this.#forget(known);
    } else {
      const moved = await this.#tellSubscription(known, place.worker, pulse);
      await this.#tellIdentity(moved);
    }
  }

  async #tellSubscription(
    known: StoredRegistration,
    worker: ServiceWorkerRegistration,
    { vapid_public_key, needs_subscription }: Heartbeat,
  ): Promise<StoredRegistration> {
    let subscription = await subscribe(worker, vapid_public_key);
    // The very subscription that the server can use no more; another one is news to it.
    if (needs_subscription && subscription.endpoint === known.endpoint) {
      subscription = await resubscribe(worker, vapid_public_key);
    }
    const details = currentDetails(known.details);
    const isNew = needs_subscription || subscription.endpoint !== known.endpoint;
    if (!isNew && sameDetails(details, known.details)) return known;

    await update(known, { ...details, ...(isNew && fieldsOf(subscription, vapid_public_key)) });
    const { endpoint } = subscription;
    return this.#keep({ ...known, details, endpoint, vapidPublicKey: vapid_public_key }, isNew);
  }

  async #tellIdentity(known: StoredRegistration): Promise<void> {
    const told = this.#untold;
    this.#untold = undefined; // What is refused is not repeated.
    if (!told || isIdentityOf(known, told)) return;
    try {
      await update(known, identityFields(told));
    } catch (error) {
      if (isTemporary(error)) this.#untold ??= told;
      throw error;
    }
    await this.#keep({ ...known, userEmail: told.email, userId: told.userId }, true);
  }

  async #enter({ config, worker }: Place): Promise<StoredRegistration> {
    const previous = await loadRegistration(this.#scope);
    const named = this.#identity;
    const { email, userId, token }: Identity = named ?? {
      email: this.#current?.userEmail,
      userId: this.#current?.userId,
    };
    const subscription = await subscribe(worker, config.vapidPublicKey);
    const details = currentDetails(this.#current?.details);
    const answer = await register(this.#serviceUrl, this.#publishableKey, {
      ...details,
      ...fieldsOf(subscription, config.vapidPublicKey),
      user_email: email,
      user_id: userId,
      identity_token: token,
    });
    if (this.#untold === named) this.#untold = undefined; // Another one may have been named meanwhile.
    const entered = await this.#keep(
      {
        serviceUrl: this.#serviceUrl,
        serviceId: config.serviceId,
        registrationId: answer.registration_id,
        registrationToken: answer.registration_token,
        endpoint: subscription.endpoint,
        vapidPublicKey: config.vapidPublicKey,
        userEmail: email,
        userId,
        details,
      },
      true,
    );
    // Another service's, or one that this one has forgotten: its subscription has just ended.
    if (previous && previous.registrationId !== entered.registrationId) await this.#deregister(previous);
    return entered;
  }

  async #keep(registration: StoredRegistration, isNews: boolean): Promise<StoredRegistration> {
    await saveRegistration(this.#scope, registration);
    this.#current = registration;
    if (isNews) this.#events.emit("registered", publicPart(registration));
    return registration;
  }

  async #forget(known: StoredRegistration): Promise<void> {
    await removeRegistration(this.#scope);
    this.#current = undefined;
    await this.#deregister(known);
    this.#events.emit("unregistered", publicPart(known));
  }

  /** A failure is reported but stops nothing: the push service answers "gone" to the server at its next send. */
  async #deregister(known: StoredRegistration): Promise<void> {
    try {
      await deregister(known);
    } catch (error) {
      if (!isUnknown(error)) this.#events.emit("error", PushbellError.from(error));
    }
  }
}

async function pulseOf(known: StoredRegistration): Promise<Heartbeat | "unknown"> {
  try {
    return await heartbeat(known);
  } catch (error) {
    if (isUnknown(error)) return "unknown";
    throw error;
  }
}

async function endSubscription(worker: ServiceWorkerRegistration | undefined): Promise<void> {
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

function fieldsOf(subscription: PushSubscription, vapidPublicKey: string): SubscriptionFields {
  return { subscription: subscription.toJSON(), vapid_public_key: vapidPublicKey };
}
