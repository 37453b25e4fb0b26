/**
 * Which copy of which message is on view under each tag, as far as this run of the worker knows. Firefox says of a
 * notification that it was closed even when it was clicked, or a newer one of its tag took its place; the user has put
 * away neither of these.
 */
export class View {
  readonly #copies = new Map<string, string | undefined>();

  show(tag: string, copy: string): void {
    this.#copies.set(tag, copy);
  }

  click(tag: string): void {
    this.#copies.set(tag, undefined);
  }

  /** Whether the user has put it away, now that it is closed. */
  isDismissal(tag: string, copy: string | undefined): boolean {
    return !this.#copies.has(tag) || this.#copies.get(tag) === copy;
  }
}
