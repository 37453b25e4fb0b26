/** One notification as it was shown. */
export interface KeptNotification {
  /** The send request (`req_…`), or a random one where the push named none. */
  readonly id: string;
  readonly title: string;
  readonly body: string | undefined;
  /** Where a click on it led. */
  readonly navigate: string | undefined;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** How many are kept; older ones go. */
export const KEPT = 50;

const STORE = "notifications";
const BY_TIME = "receivedAt";

/** The last notifications of one service on this device. The worker adds, the page reads; nothing leaves the device. */
export class NotificationList {
  readonly #name: string;

  /** @param folder The scope of the service's worker, as a path: services share an origin, but nothing else. */
  constructor(folder: string) {
    this.#name = `pushbell-enrol:${folder}`;
  }

  /** A second copy of a notification changes nothing. */
  async add(notification: KeptNotification): Promise<void> {
    await this.#within("readwrite", async store => {
      if (await answer(store.get(notification.id))) return;
      store.add(notification);
      const oldestFirst = await answer(store.index(BY_TIME).getAllKeys());
      for (const id of oldestFirst.slice(0, -KEPT)) store.delete(id);
    });
    this.#tell();
  }

  /** The newest first. */
  all(): Promise<KeptNotification[]> {
    return this.#within("readonly", async store =>
      (await answer<KeptNotification[]>(store.index(BY_TIME).getAll())).reverse(),
    );
  }

  async clear(): Promise<void> {
    await this.#within("readwrite", async store => void store.clear());
    this.#tell();
  }

  /** Calls back whenever this list has changed in the worker or in another window. */
  onChange(handler: () => void): void {
    new BroadcastChannel(this.#name).addEventListener("message", handler);
  }

  #tell(): void {
    const channel = new BroadcastChannel(this.#name);
    channel.postMessage("changed");
    channel.close();
  }

  async #within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    const database = await this.#open();
    try {
      const transaction = database.transaction(STORE, mode);
      const done = committed(transaction);
      const result = await work(transaction.objectStore(STORE));
      await done;
      return result;
    } finally {
      database.close();
    }
  }

  #open(): Promise<IDBDatabase> {
    const opening = indexedDB.open(this.#name, 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore(STORE, { keyPath: "id" }).createIndex(BY_TIME, BY_TIME);
    return answer(opening);
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
