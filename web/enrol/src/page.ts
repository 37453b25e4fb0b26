import { PushbellPWA } from "/sdk/pushbell.js";
import { applyColours } from "./colours/apply";
import { InstallPrompt } from "./install";
import { type KeptNotification, NotificationList } from "./notifications/list";
import { fetchSettings, type Settings, type SettingsAnswer } from "./settings";
import { looksPrivate, observe } from "./situation/observe";
import { decide, type State } from "./situation/state";
import { chooseLanguage, direction, type Language, languages } from "./texts";
import { content } from "./views/content";
import { h } from "./views/element";
import { hero, languageSwitch } from "./views/frame";
import type { Actions } from "./views/visit";

const LANGUAGE_STORAGE = "pushbell-enrol:language";

/** The page of one service, from the first look at the browser to whatever the visitor does. */
export class EnrolPage {
  readonly #folder: string;
  readonly #list: NotificationList;
  readonly #install = new InstallPrompt();
  #language = chooseLanguage(localStorage.getItem(LANGUAGE_STORAGE), navigator.languages);
  #service: SettingsAnswer = { kind: "unreachable" };
  #pushbell: PushbellPWA | undefined;
  #privateWindow = false;
  #notifications: KeptNotification[] = [];
  #shown: State["kind"] | undefined;

  /** @param folder `/pwa/{service}/`. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#list = new NotificationList(folder);
  }

  async start(): Promise<void> {
    this.#speak();
    document.getElementById("announcer")!.textContent = this.#texts.loading;
    this.#privateWindow = await looksPrivate();
    await this.#look();
    addEventListener("online", () => void this.#look());
    addEventListener("offline", () => this.#draw());
    this.#list.onChange(() => void this.#readList().then(() => this.#draw()));
    // Where the visitor allows notifications again in the browser's own settings, the page follows by itself.
    const permission = await navigator.permissions?.query({ name: "notifications" }).catch(() => undefined);
    permission?.addEventListener("change", () => this.#draw());
  }

  get #texts() {
    return languages[this.#language];
  }

  /** Asks the server what it says of the service, and puts an old subscription right. */
  async #look(): Promise<void> {
    this.#service = await fetchSettings(this.#folder);
    if (this.#service.kind === "found") this.#adopt(this.#service.settings);
    await this.#readList();
    this.#draw();
    if (decide(this.#observe()).kind === "ready" || this.#pushbell?.isRegistered()) await this.#initialize();
  }

  #adopt(settings: Settings): void {
    if (this.#pushbell) return;
    document.title = settings.name;
    applyColours(settings.colors);
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
  }

  async #initialize(): Promise<void> {
    try {
      await this.#pushbell?.initialize();
    } catch (error) {
      // Firefox has service workers in private windows, but starts none there.
      if ((error as { code?: string }).code === "WORKER_FAILED" && navigator.userAgent.includes("Firefox/")) {
        this.#privateWindow = true;
        this.#draw();
      }
    }
  }

  async #readList(): Promise<void> {
    this.#notifications = await this.#list.all().catch(() => []);
  }

  #observe() {
    return observe(this.#service, this.#pushbell?.isRegistered() ?? false, this.#privateWindow);
  }

  #draw(): void {
    const state = decide(this.#observe());
    const changed = this.#shown !== undefined && this.#shown !== state.kind;
    this.#shown = state.kind;
    const visit = {
      texts: this.#texts,
      language: this.#language,
      folder: this.#folder,
      online: navigator.onLine,
      email: this.#pushbell?.registration?.userEmail ?? entered(),
      notifications: this.#notifications,
      install: this.#install,
      actions: this.#actions(),
    };
    const settings = this.#service.kind === "found" ? this.#service.settings : undefined;
    const page = document.getElementById("page")!;
    const focused = page.contains(document.activeElement) ? document.activeElement?.id : undefined;
    page.dataset.state = state.kind;
    page.replaceChildren(
      hero(settings, this.#folder, this.#texts),
      h("main", { id: "main" }, ...content(state, visit)),
      languageSwitch(this.#language, language => this.#choose(language)),
    );
    // Who cannot see that the page has changed is led to its new beginning.
    if (changed) page.querySelector("h1")?.focus();
    else if (focused) document.getElementById(focused)?.focus();
  }

  #actions(): Actions {
    return {
      turnOn: async email => {
        void this.#pushbell!.identify({ email });
        await this.#pushbell!.registerForPush().catch(error => {
          if (Notification.permission === "denied") this.#draw();
          throw error;
        });
      },
      changeEmail: async email => {
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
    localStorage.setItem(LANGUAGE_STORAGE, language);
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

/** What was typed before the page was drawn anew. */
function entered(): string | undefined {
  return document.querySelector<HTMLInputElement>("#email")?.value;
}
