/** As much of a service worker's world as the worker touches: it records what is shown, told, focused and opened. */
export class FakeWorkerScope extends EventTarget {
  readonly shown: { title: string; options: Record<string, any> }[] = [];
  readonly opened: string[] = [];
  readonly pages: FakePage[] = [];
  readonly badges: number[] = [];
  claimed = false;
  skipped = false;
  /** Set to have every notification with these options refused. */
  refuses: ((options: Record<string, any>) => boolean) | undefined;

  readonly registration = {
    scope: "https://shop.example/app/",
    showNotification: async (title: string, options: Record<string, any>) => {
      if (this.refuses?.(options)) throw new TypeError("refused");
      this.shown.push({ title, options: structuredClone(options) });
    },
  };

  readonly clients = {
    matchAll: async () => this.pages,
    openWindow: async (url: string) => void this.opened.push(url),
    claim: async () => void (this.claimed = true),
  };

  readonly navigator = { setAppBadge: async (count: number) => void this.badges.push(count) };

  async skipWaiting() {
    this.skipped = true;
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
