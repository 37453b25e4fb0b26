/** Chromium's event: the browser would install this page, and lets the page choose when to ask. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/**
 * Whether the page can offer to install itself. The SDK's own offer begins with the key, which this page has to fetch
 * first; the browser, though, says it early and only once.
 */
export class InstallPrompt {
  #event: BeforeInstallPromptEvent | undefined;
  #onChange: () => void = () => undefined;

  constructor() {
    addEventListener("beforeinstallprompt", event => {
      event.preventDefault(); // No bar of the browser's beside our button.
      this.#set(event as BeforeInstallPromptEvent);
    });
    addEventListener("appinstalled", () => this.#set(undefined));
  }

  get isPossible(): boolean {
    return this.#event !== undefined;
  }

  /** Only the offer that is on the page now need know. */
  set onChange(handler: () => void) {
    this.#onChange = handler;
  }

  /** One event is good for one question; the browser sends another when it may be asked again. */
  async show(): Promise<void> {
    const event = this.#event;
    this.#set(undefined);
    await event?.prompt();
  }

  #set(event: BeforeInstallPromptEvent | undefined): void {
    this.#event = event;
    this.#onChange();
  }
}
