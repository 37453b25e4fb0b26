/** Chromium's event: the browser would install this page, and lets the page choose when to ask. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

/** Whether the page can offer to install itself. Made at once: the browser says so early, and only once. */
export class InstallPrompt {
  #event: InstallPromptEvent | undefined;
  #onChange: () => void = () => undefined;

  constructor() {
    addEventListener("beforeinstallprompt", event => {
      event.preventDefault(); // No bar of the browser's beside our button.
      this.#set(event as InstallPromptEvent);
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

  #set(event: InstallPromptEvent | undefined): void {
    this.#event = event;
    this.#onChange();
  }
}
