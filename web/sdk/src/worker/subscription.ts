import { update } from "../shared/api";
import { exclusively, loadRegistration, saveRegistration } from "../shared/registration";
import { subscribe } from "../shared/subscription";

/**
 * Replaces a subscription that the browser has dropped or renewed, and tells the server. Whatever of it fails is made
 * good by the next call, or by the page: the subscription then differs from what the server is known to know.
 */
export function renewSubscription({ registration }: ServiceWorkerGlobalScope): Promise<void> {
  const { scope } = registration;
  return exclusively(scope, async () => {
    const known = await loadRegistration(scope);
    if (!known) return;
    const subscription = await subscribe(registration, known.vapidPublicKey);
    const { endpoint } = subscription;
    if (endpoint === known.endpoint) return;
    await update(known, { subscription: subscription.toJSON(), vapid_public_key: known.vapidPublicKey });
    await saveRegistration(scope, { ...known, endpoint });
  });
}
