import type { InstallPrompt } from "../install";
import type { KeptNotification } from "../notifications/list";
import type { Language, Texts } from "../texts";

/** What every view draws with: the visitor's language, and what the visitor can do. */
export interface Visit {
  readonly texts: Texts;
  readonly language: Language;
  /** `/pwa/{service}/`. */
  readonly folder: string;
  readonly online: boolean;
  readonly email: string | undefined;
  readonly notifications: readonly KeptNotification[];
  readonly install: InstallPrompt;
  readonly actions: Actions;
}

export interface Actions {
  /** Call it straight from the tap: the browser's question needs one. It rejects with the reason for people. */
  turnOn(email: string): Promise<void>;
  changeEmail(email: string): Promise<void>;
  turnOff(): Promise<void>;
  checkAgain(): void;
}
