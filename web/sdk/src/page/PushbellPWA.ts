import type { NotificationMessage } from "../messages";
import { RegistrationsApi, type ServiceConfig } from "./api";
import { deviceInfo } from "./device";
import {
  currentPermission,
  isInstalled,
  lackOfSupport,
  refusal,
  requestPermission,
  requireSupport,
} from "./environment";
import { PushbellError } from "./error";
import { Emitter, type PushbellEvents } from "./events";
import type { Identity, PushbellOptions } from "./options";
import { type PushRegistration, publicPart, RegistrationStore, type StoredRegistration } from "./registration";
import { startWorker, subscribe } from "./subscription";

interface Started {
  config: ServiceConfig;
  worker: ServiceWorkerRegistration;
}

/** This page's connection to a Pushbell service. Make one, and call `initialize()` on every load. */
export class PushbellPWA {
  readonly #options: PushbellOptions;
  readonly #api: RegistrationsApi;
  readonly #store: RegistrationStore;
  readonly #events = new Emitter();
  #registration: StoredRegistration | undefined;
  #identity: Identity | undefined;
  #starting: Promise<Started> | undefined;

  constructor(options: PushbellOptions) {
    this.#options = options;
    this.#api = new RegistrationsApi(options.serviceUrl, options.organizationPublishableKey);
    this.#store = new RegistrationStore(options.organizationPublishableKey);
    this.#registration = this.#store.load();
  }

  /** Why nobody need be offered notifications here: this browser or page cannot have them, or the user has refused. */
  static obstacle(): PushbellError | undefined {
    return lackOfSupport() ?? refusal();
  }

  /** What the user has decided: `default` means that nobody has asked yet. */
  get permission(): NotificationPermission | "unsupported" {
    return currentPermission();
  }

  /** This browser's registration, as far as is known; `initialize()` makes sure. */
  get registration(): PushRegistration | undefined {
    return this.#registration && publicPart(this.#registration);
  }

  isRegistered(): boolean {
    return this.#registration !== undefined;
  }

  /** The handler is called until the function that this returns is. */
  on<E extends keyof PushbellEvents>(event: E, handler: (detail: PushbellEvents[E]) => void): () => void {
    return this.#events.on(event, handler);
  }

  /**
   * Starts the service worker, fetches the service's configuration and puts an old registration right: browsers renew
   * or drop subscriptions without reliably saying so. Never asks the user anything. Further calls share the first one's
   * answer, unless it failed.
   */
  initialize(): Promise<ServiceConfig> {
    return this.#reporting(async () => (await this.#start()).config);
  }

  /** Asks for permission and registers this browser. Call it straight from a click or a key press. */
  registerForPush(): Promise<PushRegistration> {
    return this.#reporting(async () => {
      requireSupport();
      await requestPermission(); // First of all: the right to ask fades within seconds of the gesture.
      const { config, worker } = await this.#start();
      return this.#register(await subscribe(worker, config.vapidPublicKey));
    });
  }

  /** Names the user of this browser, now and for later registrations. A part left out is taken off. */
  identify(identity: Identity): Promise<void> {
    return this.#reporting(async () => {
      this.#identity = identity;
      if (!this.#registration) return;
      const { config, worker } = await this.#start();
      if (this.#registration) await this.#register(await subscribe(worker, config.vapidPublicKey));
    });
  }

  /** Ends the subscription here first, so that it holds even when the server cannot be reached. */
  unregister(): Promise<void> {
    return this.#reporting(async () => {
      const worker = await this.#startWorker();
      await (await worker.pushManager.getSubscription())?.unsubscribe();
      await this.#forget();
    });
  }

  #start(): Promise<Started> {
    this.#starting ??= this.#startOnce().catch(error => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #startOnce(): Promise<Started> {
    requireSupport();
    const [config, worker] = await Promise.all([this.#api.config(), this.#startWorker()]);
    this.#requireOurService(config);
    navigator.serviceWorker.addEventListener("message", this.#onMessage);
    await this.#reconcile(config, worker);
    return { config, worker };
  }

  #startWorker(): Promise<ServiceWorkerRegistration> {
    const { workerUrl = "/pushbell-sw.js", workerScope } = this.#options;
    return startWorker(workerUrl, workerScope);
  }

  #requireOurService(found: ServiceConfig): void {
    const { organizationId = found.organizationId, serviceId = found.serviceId } = this.#options;
    if (organizationId === found.organizationId && serviceId === found.serviceId) return;
    const owner = `${found.organizationId}, ${found.serviceId}`;
    throw new PushbellError("WRONG_SERVICE", `This publishable key belongs to another service: ${owner}.`);
  }

  async #reconcile(config: ServiceConfig, worker: ServiceWorkerRegistration): Promise<void> {
    if (!this.#registration) return;
    if (currentPermission() !== "granted") return this.#forget();
    const subscription = await subscribe(worker, config.vapidPublicKey);
    if (subscription.endpoint !== this.#registration.endpoint) await this.#register(subscription);
  }

  async #register(subscription: PushSubscription): Promise<PushRegistration> {
    const previous = this.#registration;
    const { email, userId, token } = this.#identity ?? { email: previous?.userEmail, userId: previous?.userId };
    const answer = await this.#api.register({
      subscription: subscription.toJSON(),
      user_email: email,
      user_id: userId,
      identity_token: token,
      device_info: deviceInfo(navigator),
      is_installed: isInstalled(),
      language: navigator.language,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    this.#registration = { ...answer, endpoint: subscription.endpoint, userEmail: email, userId };
    this.#store.save(this.#registration);
    if (previous && previous.registrationId !== answer.registrationId) await this.#deregister(previous);
    const registration = publicPart(this.#registration);
    this.#events.emit("registered", registration);
    return registration;
  }

  async #forget(): Promise<void> {
    const gone = this.#registration;
    if (!gone) return;
    this.#registration = undefined;
    this.#store.clear();
    await this.#deregister(gone);
    this.#events.emit("unregistered", publicPart(gone));
  }

  /** A failure is reported but stops nothing: the push service answers "gone" to the server at its next send. */
  async #deregister({ registrationId, registrationToken }: StoredRegistration): Promise<void> {
    try {
      await this.#api.deregister(registrationId, registrationToken);
    } catch (error) {
      this.#events.emit("error", PushbellError.from(error));
    }
  }

  readonly #onMessage = ({ data }: MessageEvent<NotificationMessage | undefined>): void => {
    if (data?.type === "pushbell:push") this.#events.emit("notification", data);
    if (data?.type === "pushbell:click") this.#events.emit("click", data);
  };

  async #reporting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const error = PushbellError.from(thrown);
      this.#events.emit("error", error);
      throw error;
    }
  }
}
