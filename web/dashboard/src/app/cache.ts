import { ApiError } from "../api/error";

/** What is known of one path: the last answer stays while a newer one is on its way, or has failed to come. */
export interface Entry {
  readonly data?: unknown;
  readonly error?: Error;
  readonly loading: boolean;
}

const NOTHING: Entry = { loading: false };

/** The answers of the API by path, shared by everything on the page that shows them. */
export class Cache {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #loads = new Map<string, Promise<void>>();
  readonly #load: (path: string) => Promise<unknown>;

  constructor(load: (path: string) => Promise<unknown>) {
    this.#load = load;
  }

  peek(path: string): Entry {
    return this.#entries.get(path) ?? NOTHING;
  }

  put(path: string, data: unknown): void {
    this.#set(path, { data, loading: false });
  }

  watch(path: string, changed: () => void): () => void {
    const all = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, all.add(changed));
    return () => all.delete(changed);
  }

  /** Asks for it; who asks while somebody else's question is under way gets the same answer. */
  load(path: string): Promise<void> {
    const running = this.#loads.get(path);
    if (running) return running;
    this.#set(path, { ...this.peek(path), loading: true });
    const load = this.#load(path)
      .then(data => this.#set(path, { data, loading: false }))
      .catch((error: Error) => this.#set(path, this.#failed(path, error)))
      .finally(() => this.#loads.delete(path));
    this.#loads.set(path, load);
    return load;
  }

  /** Something has changed under these paths: what is on view is asked for again, the rest forgotten. */
  async refresh(...prefixes: string[]): Promise<void> {
    const stale = [...this.#entries.keys()].filter(path => prefixes.some(prefix => path.startsWith(prefix)));
    const seen = stale.filter(path => (this.#listeners.get(path)?.size ?? 0) > 0);
    for (const path of stale) if (!seen.includes(path)) this.#entries.delete(path);
    await Promise.all(seen.map(path => (this.#loads.get(path) ?? Promise.resolve()).then(() => this.load(path))));
  }

  clear(): void {
    this.#entries.clear();
    for (const all of this.#listeners.values()) for (const changed of all) changed();
  }

  /** Of what is not there any more nothing is shown; a passing failure leaves the last answer on view. */
  #failed(path: string, error: Error): Entry {
    const isGone = error instanceof ApiError && (error.status === 404 || error.status === 403);
    return isGone ? { error, loading: false } : { ...this.peek(path), error, loading: false };
  }

  #set(path: string, entry: Entry): void {
    this.#entries.set(path, entry);
    for (const changed of this.#listeners.get(path) ?? []) changed();
  }
}
