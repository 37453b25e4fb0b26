import { saveRegistration, type StoredRegistration } from "../../src/shared/registration";
import { TestServer } from "../server/testServer";
import type { FakeWorkerScope } from "./fakeWorkerScope";

/** The page has registered this browser: the server knows it, and the worker finds it where the page has put it. */
export async function enrol(scope: FakeWorkerScope, server: TestServer): Promise<StoredRegistration> {
  const vapidPublicKey = server.service.vapid_public_key;
  scope.nextEndpoints.push("https://push.example/first");
  const subscription = await scope.registration.pushManager.subscribe({ applicationServerKey: vapidPublicKey });
  const answer = await fetch(`${server.url}/v2/push/registrations`, {
    method: "POST",
    body: JSON.stringify({ subscription: subscription!.toJSON() }),
  });
  const { registration_id, registration_token } = (await answer.json()) as Record<string, string>;
  const registration: StoredRegistration = {
    serviceUrl: server.url,
    serviceId: "svc_1",
    registrationId: registration_id!,
    registrationToken: registration_token!,
    endpoint: subscription!.endpoint,
    vapidPublicKey,
    details: {
      device_info: { browser_name: "Firefox", browser_version: "153", os_name: "Linux", device_type: "desktop" },
      is_installed: false,
      language: "en",
      time_zone: "UTC",
    },
  };
  await saveRegistration(scope.registration.scope, registration);
  server.requests.length = 0;
  return registration;
}
