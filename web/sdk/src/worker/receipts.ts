import { isTemporary, type ReceiptFields, report } from "../shared/api";
import { RECEIPTS, withStore } from "../shared/database";
import { loadRegistration, type StoredRegistration } from "../shared/registration";

/** A receipt that the server has not confirmed yet. */
interface KeptReceipt extends ReceiptFields {
  key?: number;
  scope: string;
  /** Who received it: nobody else may report it. */
  registration: string;
  /** In ms since 1970. */
  at: number;
}

/** No push service keeps a message longer, so nobody waits for news of it any more. */
const KEPT_MS = 28 * 24 * 60 * 60 * 1000;
const MOST_IN_A_CALL = 100;

/** Keeps one for `sendReceipts`. What did not come to a registration of ours is nothing to report. */
export async function keepReceipt(scope: string, receipt: Partial<ReceiptFields>): Promise<void> {
  const { registrationId: registration } = (await loadRegistration(scope)) ?? {};
  if (!registration || !receipt.notification_id) return;
  await withStore(RECEIPTS, "readwrite", store => store.add({ ...receipt, scope, registration, at: Date.now() }));
}

/**
 * Sends what is kept, oldest first, and forgets what the server has taken or never will. The same receipt may go out
 * twice when the worker is stopped in between: the server counts it once.
 *
 * @throws PushbellError when the server cannot be reached now; what is left stays kept.
 */
export async function sendReceipts({ registration: { scope } }: ServiceWorkerGlobalScope): Promise<void> {
  const holder = await loadRegistration(scope);
  const all = await withStore<KeptReceipt[]>(RECEIPTS, "readonly", store => store.getAll());
  const toSend = all.filter(receipt => !isVoid(receipt) && isOf(holder, receipt));
  await forget(all.filter(receipt => isVoid(receipt) || (receipt.scope === scope && !isOf(holder, receipt))));
  for (let from = 0; from < toSend.length; from += MOST_IN_A_CALL) {
    const some = toSend.slice(from, from + MOST_IN_A_CALL);
    await report(holder!, some.map(fieldsOf)).catch(error => {
      if (isTemporary(error)) throw error;
    });
    await forget(some);
  }

  function isOf(owner: StoredRegistration | undefined, receipt: KeptReceipt): boolean {
    return receipt.scope === scope && receipt.registration === owner?.registrationId;
  }
}

function isVoid({ at }: KeptReceipt): boolean {
  return at < Date.now() - KEPT_MS;
}

function fieldsOf({ notification_id, event, action }: KeptReceipt): ReceiptFields {
  return { notification_id, event, action };
}

async function forget(receipts: KeptReceipt[]): Promise<void> {
  for (const { key } of receipts) await withStore(RECEIPTS, "readwrite", store => store.delete(key!));
}
