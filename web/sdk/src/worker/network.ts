import type { ReceiptFields } from "../shared/api";
import { keepReceipt, sendReceipts } from "./receipts";
import { renewSubscription } from "./subscription";

/** The tag of our background syncs, among those that the site may have. */
const SYNC = "pushbell";

/** What a handler does after the user has seen something must not keep the browser from ending the worker. */
const LIMIT_MS = 5_000;

type SyncRegistration = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

/** Waits for all of these, 5 s at most. What fails among them is no reason for the handler to fail. */
export async function atMost5s(...works: Promise<unknown>[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise(resolve => (timer = setTimeout(resolve, LIMIT_MS)));
  await Promise.race([Promise.allSettled(works), limit]);
  clearTimeout(timer);
}

/** Reports what became of a notification, now or when there is a network. */
export async function tellServer(
  scope: ServiceWorkerGlobalScope,
  notification_id: string | undefined,
  event: ReceiptFields["event"],
  action?: string,
): Promise<void> {
  await keepReceipt(scope.registration.scope, { notification_id, event, action });
  await orLater(scope, sendReceipts);
}

/** Tries now; the browser wakes this worker again when that fails and it can. Otherwise the next event or page load does. */
export async function orLater(
  scope: ServiceWorkerGlobalScope,
  work: (scope: ServiceWorkerGlobalScope) => Promise<void>,
): Promise<void> {
  try {
    await work(scope);
  } catch {
    await (scope.registration as SyncRegistration).sync?.register(SYNC).catch(() => {}); // Switched off by the user.
  }
}

/** Fails while anything remains to be done: then the browser repeats it. */
export async function onSync(scope: ServiceWorkerGlobalScope, tag: string): Promise<void> {
  if (tag !== SYNC) return;
  await renewSubscription(scope);
  await sendReceipts(scope);
}
