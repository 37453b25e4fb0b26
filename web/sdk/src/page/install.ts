import { PushbellError } from "../shared/error";
import type { Emitter } from "./events";

/** TypeScript's own list lacks it: only Chromium's browsers have it. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

/** The browser's offer to install the page as an app. It comes when the browser likes, and can be used once. */
export class InstallOffer {
  readonly #events: Emitter;
  #offer: BeforeInstallPromptEvent | undefined;

  constructor(events: Emitter) {
    this.#events = events;
    addEventListener("beforeinstallprompt", event => {
      event.preventDefault(); // Otherwise the browser makes the offer itself, at a moment of its own.
      this.#offer = event as BeforeInstallPromptEvent;
      events.emit("installable", undefined);
    });
    addEventListener("appinstalled", () => this.#installed());
  }

  get isOpen(): boolean {
    return this.#offer !== undefined;
  }

  async show(): Promise<{ accepted: boolean }> {
    const offer = this.#offer;
    if (!offer) {
      throw new PushbellError(
        "INSTALL_UNAVAILABLE",
        "This browser offers no installation now: the page is installed, or it has to be added by the browser's own menu.",
      );
    }
    this.#offer = undefined;
    await offer.prompt();
    return { accepted: (await offer.userChoice).outcome === "accepted" };
  }

  #installed(): void {
    this.#offer = undefined;
    this.#events.emit("installed", undefined);
  }
}
