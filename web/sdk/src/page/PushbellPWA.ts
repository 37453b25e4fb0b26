import { isTemporary } from "../shared/api";
import { PushbellError } from "../shared/error";
import type { NotificationMessage, SendMessage } from "../shared/messages";
import type { PushRegistration } from "../shared/registration";
import { Enrolment, type Place } from "./enrolment";
import { currentPermission, lackOfSupport, refusal, requestPermission, requireSupport } from "./environment";
import { Emitter, type PushbellEvents } from "./events";
import { InstallOffer } from "./install";
import type { Identity, PushbellOptions } from "./options";
import { whilePresent } from "./presence";
import { fetchService, type ServiceConfig } from "./service";
import { findWorker, startWorker, workerPlace, type WorkerPlace } from "./worker";

/** This page's connection to a Pushbell service. Make one, and call `initialize()` on every load. */
export class PushbellPWA {
  readonly #options: PushbellOptions;
  readonly #serviceUrl: string;
  readonly #workerPlace: WorkerPlace;
  readonly #events = new Emitter();
  readonly #installOffer = new InstallOffer(this.#events);
  readonly #enrolment: Enrolment;
  #starting: Promise<Place> | undefined;

  constructor(options: PushbellOptions) {
    this.#options = options;
    this.#serviceUrl = options.serviceUrl.replace(/\/+$/, "");
    this.#workerPlace = workerPlace(options);
    const { scope } = this.#workerPlace;
    this.#enrolment = new Enrolment(this.#serviceUrl, options.organizationPublishableKey, scope, this.#events);
  }

  /** Why nobody need be offered notifications here: this browser or page cannot have them, or the user has refused. */
  static obstacle(): PushbellError | undefined {
    return lackOfSupport() ?? refusal();
  }

  /** What the user has decided: `default` means that nobody has asked yet. */
  get permission(): NotificationPermission | "unsupported" {
    return currentPermission();
  }

  /** This browser's registration; known once `initialize()` has looked. */
  get registration(): PushRegistration | undefined {
    return this.#enrolment.current;
  }

  isRegistered(): boolean {
    return this.registration !== undefined;
  }

  /** The handler is called until the function that this returns is. */
  on<E extends keyof PushbellEvents>(event: E, handler: (detail: PushbellEvents[E]) => void): () => void {
    return this.#events.on(event, handler);
  }

  /**
   * Starts the service worker, fetches the service's configuration, puts an old registration right and keeps it so while
   * the page is open: browsers renew or drop subscriptions without reliably saying so. Never asks the user anything.
   * Further calls share the first one's answer, unless it failed. Offline it fails, and is repeated once there is a network.
   */
  initialize(): Promise<ServiceConfig> {
    return this.#reporting(async () => (await this.#start()).config);
  }

  /** Asks for permission and registers this browser. Call it straight from a click or a key press. */
  registerForPush(): Promise<PushRegistration> {
    return this.#reporting(async () => {
      requireSupport();
      await requestPermission(); // First of all: the right to ask fades within seconds of the gesture.
      return this.#enrolment.register(await this.#start());
    });
  }

  /** Names the user of this browser, now and for later registrations. A part left out is taken off. */
  identify(identity: Identity): Promise<void> {
    return this.#reporting(async () => {
      this.#enrolment.name(identity);
      if (this.#starting) await this.#enrolment.reconcile(await this.#starting);
    });
  }

  /** Ends the subscription here first, so that it holds even when the server cannot be reached. */
  unregister(): Promise<void> {
    return this.#reporting(async () => {
      requireSupport();
      await this.#enrolment.end(await findWorker(this.#workerPlace), this.#options.serviceId);
    });
  }

  /** Whether the browser offers to install this page as an app, so that a button for it makes sense. */
  canInstall(): boolean {
    return this.#installOffer.isOpen;
  }

  /** The browser's own question. Call it straight from a click or a key press. */
  showInstallPrompt(): Promise<{ accepted: boolean }> {
    return this.#reporting(() => this.#installOffer.show());
  }

  /** Takes the number off the installed app's icon; elsewhere there is none. */
  async clearBadge(): Promise<void> {
    if ("clearAppBadge" in navigator) await navigator.clearAppBadge();
  }

  #start(): Promise<Place> {
    this.#starting ??= this.#startOnce().catch(error => {
      this.#starting = undefined;
      if (isTemporary(error)) addEventListener("online", () => void this.#start().catch(() => {}), { once: true });
      throw error;
    });
    return this.#starting;
  }

  async #startOnce(): Promise<Place> {
    requireSupport();
    await this.#enrolment.recall(this.#options.serviceId);
    const [config, worker] = await Promise.all([
      fetchService(this.#serviceUrl, this.#options),
      startWorker(this.#workerPlace),
    ]);
    const place = { config, worker };
    navigator.serviceWorker.addEventListener("message", this.#onMessage);
    await this.#keepUp(place);
    whilePresent(() => void this.#keepUp(place));
    const send = () => worker.active?.postMessage({ type: "pushbell:send" } satisfies SendMessage);
    addEventListener("online", send);
    send();
    return place;
  }

  /** What a bad line or a busy server spoils now, the next sign of life makes good. */
  async #keepUp(place: Place): Promise<void> {
    try {
      await this.#enrolment.reconcile(place);
    } catch (error) {
      if (!isTemporary(error)) this.#events.emit("error", PushbellError.from(error));
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
