import { vi } from "vitest";

export interface BrowserOptions {
  permission?: NotificationPermission;
  /** What the user will say when asked. */
  answer?: NotificationPermission;
  secure?: boolean;
  userAgent?: string;
  maxTouchPoints?: number;
  withoutPush?: boolean;
}

/** As much of a browser as the page library touches, kept in memory. */
export class FakeBrowser {
  readonly storage = new Map<string, string>();
  readonly #messages = new EventTarget();
  readonly workers: { url: string; scope?: string }[] = [];
  subscription: FakeSubscription | null = null;
  permission: NotificationPermission;
  timesAsked = 0;
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
    const serviceWorker = {
      register: async (url: string, options: { scope?: string }) => {
        browser.workers.push({ url, ...options });
        return { active: {}, pushManager: browser.#pushManager() };
      },
      addEventListener: (type: string, listener: (event: Event) => void) =>
        browser.#messages.addEventListener(type, listener),
    };

    vi.stubGlobal("window", device.withoutPush ? {} : { PushManager: class {}, Notification: notification });
    vi.stubGlobal("Notification", notification);
    vi.stubGlobal("isSecureContext", secure);
    vi.stubGlobal("matchMedia", () => ({ matches: false }));
    vi.stubGlobal("navigator", {
      userAgent: device.userAgent ?? "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
      maxTouchPoints: device.maxTouchPoints ?? 0,
      language: "pt-BR",
      serviceWorker,
    });
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => this.storage.get(key) ?? null,
      setItem: (key: string, value: string) => this.storage.set(key, value),
      removeItem: (key: string) => this.storage.delete(key),
    });
  }

  /** The service worker speaks to the page. */
  receive(data: unknown): void {
    this.#messages.dispatchEvent(new MessageEvent("message", { data }));
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
