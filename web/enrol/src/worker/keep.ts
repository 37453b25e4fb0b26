import { readPayload } from "../../../sdk/src/worker/payload";
import { NotificationList } from "../notifications/list";

/** Writes down what is shown, so that the page can list it. */
export function keepNotifications(scope: ServiceWorkerGlobalScope): void {
  const list = new NotificationList(new URL(scope.registration.scope).pathname);
  scope.addEventListener("push", event => {
    const copy = crypto.randomUUID();
    const { title, options } = readPayload(event.data?.text(), copy);
    const { id = copy, navigate } = options.data.pushbell ?? {};
    event.waitUntil(list.add({ id, title, body: options.body, navigate, receivedAt: Date.now() }));
  });
}
