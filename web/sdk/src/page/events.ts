import type { PushbellError } from "../shared/error";
import type { NotificationMessage } from "../shared/messages";
import type { PushRegistration } from "../shared/registration";

export interface PushbellEvents {
  /** The server has this browser on its list: the first time, after `identify`, or after the browser renewed itself. */
  registered: PushRegistration;
  /** This browser is no longer reached: by `unregister()`, because the permission was taken back, or by the server. */
  unregistered: PushRegistration;
  /** A notification has been shown while this page was open. */
  notification: NotificationMessage;
  /** A notification or one of its buttons was clicked while this page was open. */
  click: NotificationMessage;
  /** `showInstallPrompt()` can be called from now on. */
  installable: undefined;
  /** The page has been installed as an app. */
  installed: undefined;
  /** Something failed; the same error rejects the call that caused it, if a call did. */
  error: PushbellError;
}

type Handler<E extends keyof PushbellEvents> = (detail: PushbellEvents[E]) => void;

export class Emitter {
  readonly #handlers: { [E in keyof PushbellEvents]?: Set<Handler<E>> } = {};

  /** Returns what takes the handler off again. */
  on<E extends keyof PushbellEvents>(event: E, handler: Handler<E>): () => void {
    const handlers: Set<Handler<E>> = (this.#handlers[event] ??= new Set<never>() as never);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  /** A handler that throws is the page's bug: it is reported as one and stops nobody else. */
  emit<E extends keyof PushbellEvents>(event: E, detail: PushbellEvents[E]): void {
    for (const handler of this.#handlers[event] ?? []) {
      try {
        handler(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
