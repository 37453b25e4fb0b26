import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import { Locks } from "../server/locks";

export interface BrowserOptions {
  permission?: NotificationPermission;
  /** What the user will say when asked. */
  answer?: NotificationPermission;
  secure?: boolean;
  userAgent?: string;
  maxTouchPoints?: number;
  withoutPush?: boolean;
}

const ORIGIN = "https://shop.example";

/** As much of a browser as the page library touches, kept in memory. */
export class FakeBrowser {
  readonly #window = new EventTarget();
  readonly #document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  readonly #messages = new EventTarget();
  /** What the page registered. */
  readonly registered: { url: string; scope?: string }[] = [];
  /** Every worker of the site, by scope. */
  readonly workers = new Map<string, FakeWorker>();
  subscription: FakeSubscription | null = null;
  permission: NotificationPermission;
  timesAsked = 0;
  badgesCleared = 0;
  installed = false;
  readonly navigator;
  #subscriptions = 0;

  constructor({ permission = "default", answer = "granted", secure = true, ...device }: BrowserOptions = {}) {
    this.permission = permission;
    const browser = this;
    const notification = {
      get permission() {
        return browser.permission;
      },
      requestPermission: async () => {
        browser.timesAsked++;
        return (browser.permission = answer);
      },
    };
    this.navigator = {
      userAgent: device.userAgent ?? "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
      maxTouchPoints: device.maxTouchPoints ?? 0,
      language: "pt-BR",
      onLine: true,
      locks: new Locks(),
      clearAppBadge: async () => void this.badgesCleared++,
      serviceWorker: {
        register: async (url: string, options: { scope: string }) => this.#register(url, options.scope),
        getRegistration: async (url: string) => this.#nearest(url),
        addEventListener: this.#messages.addEventListener.bind(this.#messages),
      },
    };

    vi.stubGlobal("window", device.withoutPush ? {} : { PushManager: class {}, Notification: notification });
    vi.stubGlobal("Notification", notification);
    vi.stubGlobal("isSecureContext", secure);
    vi.stubGlobal("matchMedia", () => ({ matches: this.installed }));
    vi.stubGlobal("location", { href: `${ORIGIN}/account/` });
    vi.stubGlobal("navigator", this.navigator);
    vi.stubGlobal("document", this.#document);
    vi.stubGlobal("addEventListener", this.#window.addEventListener.bind(this.#window));
    vi.stubGlobal("indexedDB", new IDBFactory());
  }

  /** The service worker speaks to the page. */
  receive(data: unknown): void {
    this.#messages.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** Something happens to the window, such as `online`. */
  happen(type: string, fields: object = {}): Event {
    const event = Object.assign(new Event(type, { cancelable: true }), fields);
    this.#window.dispatchEvent(event);
    return event;
  }

  show(visibilityState: "visible" | "hidden"): void {
    this.#document.visibilityState = visibilityState;
    this.#document.dispatchEvent(new Event("visibilitychange"));
  }

  /** Once all that pages have begun for the worker in the root is done: each waits its turn, and so does this. */
  settled(): Promise<void> {
    return this.navigator.locks.request(`pushbell:${ORIGIN}/`, async () => undefined);
  }

  /** The site has registered a worker by itself. */
  addWorker(script: string, scope: string): FakeWorker {
    const worker = new FakeWorker(`${ORIGIN}${script}`, `${ORIGIN}${scope}`, this.#pushManager());
    this.workers.set(worker.scope, worker);
    return worker;
  }

  #register(url: string, scope: string): FakeWorker {
    this.registered.push({ url, scope });
    const worker = new FakeWorker(url, scope, this.#pushManager());
    this.workers.set(scope, worker);
    return worker;
  }

  #nearest(url: string): FakeWorker | undefined {
    const scopes = [...this.workers.keys()].filter(scope => url.startsWith(scope));
    return this.workers.get(scopes.sort((a, b) => b.length - a.length)[0] ?? "");
  }

  #pushManager() {
    return {
      getSubscription: async () => this.subscription,
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        const name = `subscription-${++this.#subscriptions}`;
        return (this.subscription = new FakeSubscription(name, applicationServerKey, () => (this.subscription = null)));
      },
    };
  }
}

/** A registration with its worker running. */
export class FakeWorker {
  readonly told: unknown[] = [];
  readonly scope: string;
  readonly pushManager: object;
  readonly active;

  constructor(scriptURL: string, scope: string, pushManager: object) {
    this.scope = scope;
    this.pushManager = pushManager;
    this.active = { scriptURL, postMessage: (message: unknown) => void this.told.push(message) };
  }
}

export class FakeSubscription {
  readonly endpoint: string;
  readonly options: { applicationServerKey: ArrayBuffer };
  readonly #end: () => void;

  constructor(name: string, applicationServerKey: string, end: () => void) {
    this.endpoint = `https://push.example/${name}`;
    this.options = { applicationServerKey: new Uint8Array(Buffer.from(applicationServerKey, "base64url")).buffer };
    this.#end = end;
  }

  toJSON() {
    return { endpoint: this.endpoint, expirationTime: null, keys: { p256dh: "p", auth: "a" } };
  }

  async unsubscribe() {
    this.#end();
    return true;
  }
}
