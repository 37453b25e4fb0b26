import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadRegistration, removeRegistration } from "../../src/shared/registration";
import { SERVICE, TestServer } from "../server/testServer";
import { enrol } from "./enrolled";
import { FakeWorkerScope } from "./fakeWorkerScope";

let scope: FakeWorkerScope;
let server: TestServer;

beforeEach(async () => {
  server = await TestServer.start();
  scope = FakeWorkerScope.start();
  await enrol(scope, server);
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server.stop();
});

function told(): string[] {
  return server.sent("PATCH", "/reg_1").map(({ body }) => body.subscription.endpoint);
}

async function remembered(): Promise<string | undefined> {
  return (await loadRegistration(scope.registration.scope))?.endpoint;
}

describe("pushsubscriptionchange", () => {
  test("subscribes anew with the same key and tells the server", async () => {
    scope.endpoint = undefined;
    scope.nextEndpoints.push("https://push.example/second");
    await scope.fire("pushsubscriptionchange");

    const [patch] = server.sent("PATCH");
    expect(patch!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(patch!.body).toEqual({
      subscription: { endpoint: "https://push.example/second", keys: { p256dh: "p", auth: "a" } },
      vapid_public_key: SERVICE.vapid_public_key,
    });
    expect(await remembered()).toBe("https://push.example/second");
  });

  test("tells of the subscription that the browser has made by itself", async () => {
    scope.endpoint = "https://push.example/renewed";
    await scope.fire("pushsubscriptionchange");
    expect(told()).toEqual(["https://push.example/renewed"]);
  });

  test("waits while the server is out of reach, and tells it with a background sync", async () => {
    scope.endpoint = undefined;
    scope.nextEndpoints.push("https://push.example/second");
    await server.stop();
    await scope.fire("pushsubscriptionchange");
    expect(scope.syncs).toEqual(["pushbell"]);
    expect(await remembered()).toBe("https://push.example/first"); // So the page would see the difference, too.

    await server.resume();
    await scope.fire("sync", { tag: "pushbell" });
    await scope.fire("sync", { tag: "pushbell" });
    expect(told()).toEqual(["https://push.example/second"]);
  });

  test("waits while the push service is out of reach", async () => {
    scope.endpoint = undefined;
    await scope.fire("pushsubscriptionchange");
    expect(scope.syncs).toEqual(["pushbell"]);
    scope.nextEndpoints.push("https://push.example/second");
    await scope.fire("sync", { tag: "pushbell" });
    expect(told()).toEqual(["https://push.example/second"]);
  });

  test("is nobody's business once the browser is unregistered", async () => {
    await removeRegistration(scope.registration.scope);
    scope.endpoint = undefined;
    scope.nextEndpoints.push("https://push.example/second");
    await scope.fire("pushsubscriptionchange");
    expect(server.requests).toEqual([]);
    expect(scope.endpoint).toBeUndefined();
  });
});
