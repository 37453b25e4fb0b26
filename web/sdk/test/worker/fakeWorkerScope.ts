import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import { attach } from "../../src/worker/attach";
import { Locks } from "../server/locks";

/** As much of a service worker's world as the worker touches: it records what is shown, told, focused and opened. */
export class FakeWorkerScope extends EventTarget {
  readonly shown: { title: string; options: Record<string, any> }[] = [];
  readonly opened: string[] = [];
  readonly pages: FakePage[] = [];
  readonly badges: number[] = [];
  /** The tags of the background syncs asked for. */
  readonly syncs: string[] = [];
  /** The endpoint that the browser is subscribed to, and those that a new subscription will get. */
  endpoint: string | undefined;
  readonly nextEndpoints: string[] = [];
  /** Set to have every notification with these options refused. */
  refuses: ((options: Record<string, any>) => boolean) | undefined;

  readonly registration = {
    scope: "https://shop.example/app/",
    showNotification: async (title: string, options: Record<string, any>) => {
      if (this.refuses?.(options)) throw new TypeError("refused");
      this.shown.push({ title, options: structuredClone(options) });
    },
    pushManager: {
      getSubscription: async () => this.#subscription(),
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        this.endpoint = this.nextEndpoints.shift();
        if (!this.endpoint) throw new DOMException("No push service in reach.", "AbortError");
        this.#key = applicationServerKey;
        return this.#subscription();
      },
    },
    sync: { register: async (tag: string) => void this.syncs.push(tag) },
  };

  readonly clients = {
    matchAll: async () => this.pages,
    openWindow: async (url: string) => void this.opened.push(url),
  };

  readonly navigator = { setAppBadge: async (count: number) => void this.badges.push(count), locks: new Locks() };

  #key = "";

  /** A worker that has just started, in a browser that has nothing kept. */
  static start(): FakeWorkerScope {
    const scope = new FakeWorkerScope();
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("navigator", scope.navigator);
    attach(scope as unknown as ServiceWorkerGlobalScope);
    return scope;
  }

  open(url: string): FakePage {
    const page = new FakePage(url);
    this.pages.push(page);
    return page;
  }

  /** Fires an event and waits for all that its handlers asked to wait for. */
  async fire(type: string, fields: object = {}): Promise<void> {
    const waits: Promise<unknown>[] = [];
    this.dispatchEvent(
      Object.assign(new Event(type), fields, { waitUntil: (work: Promise<unknown>) => waits.push(work) }),
    );
    await Promise.all(waits);
  }

  push(payload?: string | object): Promise<void> {
    const text = typeof payload === "object" ? JSON.stringify(payload) : payload;
    return this.fire("push", { data: text === undefined ? null : { text: () => text } });
  }

  /** A click on the notification shown last. Returns whether the worker closed it. */
  async click(action = ""): Promise<boolean> {
    const { title, options } = this.shown.at(-1)!;
    let closed = false;
    await this.fire("notificationclick", {
      action,
      notification: { title, body: "", tag: "", ...options, close: () => (closed = true) },
    });
    return closed;
  }

  /** The browser says that a notification is closed, the one shown last unless told otherwise. */
  close(index = -1): Promise<void> {
    const { title, options } = this.shown.at(index)!;
    return this.fire("notificationclose", { notification: { title, body: "", tag: "", ...options } });
  }

  #subscription() {
    const { endpoint } = this;
    if (!endpoint) return null;
    return {
      endpoint,
      options: { applicationServerKey: new Uint8Array(Buffer.from(this.#key, "base64url")).buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => ((this.endpoint = undefined), true),
    };
  }
}

export class FakePage {
  readonly received: any[] = [];
  focused = false;

  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  postMessage(message: unknown): void {
    this.received.push(structuredClone(message));
  }

  async focus(): Promise<void> {
    this.focused = true;
  }
}

/** A message as Pushbell sends it. */
export function message(notification: object, more: object = {}) {
  return { web_push: 8030, notification, pushbell: { id: "req_1" }, ...more };
}
