import { PushbellError } from "./error";

const NAME = "pushbell";

/** By the scope of the service worker that they belong to. */
export const REGISTRATIONS = "registration";
export const RECEIPTS = "receipts";

/**
 * One transaction on one store of the database that page and worker share; gives what the request of `work` found once
 * everything is kept. Opened and closed each time: a connection left open would hold up whoever clears the site's data.
 */
export async function withStore<T>(
  name: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  try {
    const database = await open();
    try {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      return request.result;
    } finally {
      database.close();
    }
  } catch (error) {
    throw PushbellError.from(error, "STORAGE_FAILED", "This browser does not let the site keep data: ");
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(REGISTRATIONS);
      request.result.createObjectStore(RECEIPTS, { keyPath: "key", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
