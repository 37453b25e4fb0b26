import type { PushbellPWA } from "/sdk/pushbell.js";
import { putOn } from "./brand";
import { InstallPrompt } from "./install";
import { type KeptNotification, NotificationList } from "./notifications/list";
import { fetchSettings, type Settings, type SettingsAnswer } from "./settings";
import { looksPrivate, observe } from "./situation/observe";
import { canBeSubscribed, decide, type Situation, type State } from "./situation/state";
import { recall, remember } from "./languageChoice";
import { chooseLanguage, direction, type Language, languages } from "./texts";
import { content } from "./views/content";
import { h } from "./views/element";
import { hero, languageSwitch } from "./views/frame";
import type { Actions, Visit } from "./views/visit";

/** How long the page waits to learn whether this browser is subscribed before it shows what it knows. */
const PATIENCE_MS = 2_000;

/** While nobody answers the page asks again by itself: after this, then ever later. */
const FIRST_PAUSE_MS = 10_000;
const LAST_PAUSE_MS = 60_000;

/** The page of one service, from the first look at the browser to whatever the visitor does. */
export class EnrolPage {
  readonly #folder: string;
  readonly #list: NotificationList;
  readonly #install = new InstallPrompt();
  readonly #actions = this.#makeActions();
  #language = chooseLanguage(recall(), navigator.languages);
  #service: SettingsAnswer = { kind: "unreachable" };
  #pushbell: PushbellPWA | undefined;
  #privateWindow = false;
  #pause = FIRST_PAUSE_MS;
  #again: ReturnType<typeof setTimeout> | undefined;
  #notifications: KeptNotification[] = [];
  #shown: State["kind"] | undefined;

  /** @param folder `/pwa/{service}/`. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#list = new NotificationList(folder);
  }

  async start(): Promise<void> {
    this.#speak();
    this.#announce(this.#texts.loading);
    this.#privateWindow = await looksPrivate();
    await this.#look();
    this.#announce("");
    addEventListener("online", () => void this.#look());
    addEventListener("offline", () => this.#draw());
    document.addEventListener("visibilitychange", () => void this.#see());
    // Where the visitor allows notifications again in the browser's own settings, the page follows by itself.
    const permission = await navigator.permissions?.query({ name: "notifications" }).catch(() => undefined);
    permission?.addEventListener("change", () => this.#draw());
  }

  get #texts() {
    return languages[this.#language];
  }

  get #situation(): Situation {
    return observe(this.#service, this.#pushbell?.isRegistered() ?? false, this.#privateWindow);
  }

  get #state(): State {
    return decide(this.#situation);
  }

  /** Asks the server what it says of the service, and the SDK whether this browser is subscribed. */
  async #look(): Promise<void> {
    const answer = await fetchSettings(this.#folder);
    // What is known is not forgotten because the server cannot be asked for a moment.
    if (answer.kind !== "unreachable" || this.#service.kind !== "found") this.#service = answer;
    if (this.#service.kind === "found") {
      await this.#adopt(this.#service.settings).catch(() => (this.#service = { kind: "unreachable" }));
    }
    this.#askAgain();
    if (this.#pushbell) {
      const looked = this.#initialize();
      // Who has not allowed notifications is not subscribed; their page need not wait for anything.
      const mayBeSubscribed = this.#pushbell.permission === "granted";
      if (mayBeSubscribed) await Promise.race([looked, new Promise(resolve => setTimeout(resolve, PATIENCE_MS))]);
    }
    await this.#see();
  }

  #askAgain(): void {
    clearTimeout(this.#again);
    if (this.#service.kind !== "unreachable") {
      this.#pause = FIRST_PAUSE_MS;
      return;
    }
    this.#again = setTimeout(() => void this.#look(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE_MS);
  }

  async #adopt(settings: Settings): Promise<void> {
    putOn(settings);
    if (this.#pushbell || !canBeSubscribed(this.#situation)) return;
    // Only now: browsers without push, old ones above all, could not even read it.
    const { PushbellPWA } = await import("/sdk/pushbell.js");
    this.#pushbell = new PushbellPWA({
      organizationId: settings.organizationId,
      organizationPublishableKey: settings.publishableKey,
      serviceId: settings.serviceId,
      serviceUrl: settings.serviceUrl,
      workerUrl: `${this.#folder}sw.js`,
      workerScope: this.#folder,
    });
    this.#pushbell.on("registered", () => this.#draw());
    this.#pushbell.on("unregistered", () => this.#draw());
    this.#list.onChange(() => void this.#see());
  }

  /** Starts the worker too, which makes the page installable and keeps a copy of it for being offline. */
  async #initialize(): Promise<void> {
    try {
      await this.#pushbell!.initialize();
    } catch (error) {
      // Firefox has service workers in private windows, but starts none there.
      const refused = (error as { code?: string }).code === "WORKER_FAILED";
      this.#privateWindow ||= refused && navigator.userAgent.includes("Firefox/");
    }
    // Not for nothing: somebody may be typing.
    if (this.#shown && this.#shown !== this.#state.kind) this.#draw();
  }

  /** Shows what has arrived; what is seen here need not be counted on the app's icon. */
  async #see(): Promise<void> {
    this.#notifications = await this.#list.all().catch(() => []);
    this.#draw();
    if (document.visibilityState === "visible") await this.#pushbell?.clearBadge().catch(() => undefined);
  }

  #draw(): void {
    const state = this.#state;
    const changed = this.#shown !== undefined && this.#shown !== state.kind;
    this.#shown = state.kind;
    const settings = this.#service.kind === "found" ? this.#service.settings : undefined;
    const page = document.getElementById("page")!;
    const focused = page.contains(document.activeElement) ? document.activeElement?.id : undefined;
    page.dataset.state = state.kind;
    page.replaceChildren(
      hero(settings, this.#texts),
      h("main", { id: "main" }, ...content(state, this.#visit())),
      languageSwitch(this.#language, language => this.#choose(language)),
    );
    // Who cannot see that the page has changed is led to its new beginning.
    if (changed) page.querySelector("h1")?.focus();
    else if (focused) document.getElementById(focused)?.focus();
  }

  #visit(): Visit {
    return {
      texts: this.#texts,
      language: this.#language,
      folder: this.#folder,
      online: navigator.onLine,
      // Or what was typed before the page was drawn anew.
      email: this.#pushbell?.registration?.userEmail ?? document.querySelector<HTMLInputElement>("main #email")?.value,
      notifications: this.#notifications,
      install: this.#install,
      actions: this.#actions,
    };
  }

  #makeActions(): Actions {
    return {
      turnOn: async email => {
        // Both in one tick with the tap; what goes wrong with the name goes wrong with the registration too.
        this.#pushbell!.identify({ email }).catch(() => undefined);
        await this.#pushbell!.registerForPush().catch(error => {
          if (Notification.permission === "denied") this.#draw();
          throw error;
        });
      },
      changeEmail: async email => {
        await this.#pushbell!.initialize();
        await this.#pushbell!.identify({ email });
        this.#announce(this.#texts.subscribed.saved);
      },
      turnOff: async () => {
        await this.#pushbell!.unregister();
        await this.#list.clear();
        this.#announce(this.#texts.subscribed.turnedOff);
      },
      checkAgain: () => void this.#look(),
    };
  }

  #choose(language: Language): void {
    this.#language = language;
    remember(language);
    this.#speak();
    this.#draw();
  }

  #speak(): void {
    document.documentElement.lang = this.#language;
    document.documentElement.dir = direction(this.#language);
  }

  #announce(sentence: string): void {
    document.getElementById("announcer")!.textContent = sentence;
  }
}
