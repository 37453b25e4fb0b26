import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { removeRegistration, saveRegistration, type StoredRegistration } from "../../src/shared/registration";
import { TestServer } from "../server/testServer";
import { enrol } from "./enrolled";
import { FakeWorkerScope, message } from "./fakeWorkerScope";

let scope: FakeWorkerScope;
let server: TestServer;
let registration: StoredRegistration;

beforeEach(async () => {
  server = await TestServer.start();
  scope = FakeWorkerScope.start();
  registration = await enrol(scope, server);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await server.stop();
});

function reported(): any[] {
  return server.sent("POST", "/reg_1/receipts").flatMap(({ body }) => body.receipts);
}

function pushOf(id: string) {
  return message({ title: "t" }, { pushbell: { id } });
}

describe("receipts", () => {
  test("tell that a notification was shown, with the registration's own token", async () => {
    await scope.push(message({ title: "t" }));
    const [request] = server.sent("POST", "/reg_1/receipts");
    expect(request!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(request!.body).toEqual({ receipts: [{ notification_id: "req_1", event: "shown" }] });
  });

  test("tell of a click, its button, and of what was put away", async () => {
    await scope.push(message({ title: "t", actions: [{ action: "track", title: "Track" }] }));
    server.requests.length = 0;
    await scope.click();
    await scope.click("track");
    await scope.push(pushOf("req_2"));
    await scope.close();
    expect(reported()).toEqual([
      { notification_id: "req_1", event: "clicked" },
      { notification_id: "req_1", event: "clicked", action: "track" },
      { notification_id: "req_2", event: "shown" },
      { notification_id: "req_2", event: "dismissed" },
    ]);
  });

  test("tell of what was put away in an earlier run of the worker", async () => {
    await scope.push(message({ title: "t" }));
    const { shown } = scope;
    scope = FakeWorkerScope.start();
    scope.shown.push(...shown);
    await saveRegistration(scope.registration.scope, registration);
    await scope.close();
    expect(reported().at(-1)).toEqual({ notification_id: "req_1", event: "dismissed" });
  });

  test("call nothing dismissed that was clicked", async () => {
    await scope.push(message({ title: "t" }));
    await scope.click();
    await scope.close(); // Firefox, of a notification that the worker has closed.
    expect(reported().map(({ event }) => event)).toEqual(["shown", "clicked"]);
  });

  test("call nothing dismissed that a newer one, or a copy of itself, took the place of", async () => {
    await scope.push(message({ title: "1 message", tag: "inbox" }));
    await scope.push(message({ title: "1 message", tag: "inbox" }));
    await scope.close(0);
    await scope.push(message({ title: "2 messages", tag: "inbox" }, { pushbell: { id: "req_2" } }));
    await scope.close(1);
    expect(reported().map(({ event }) => event)).toEqual(["shown", "shown", "shown"]);
    await scope.close();
    expect(reported().at(-1)).toEqual({ notification_id: "req_2", event: "dismissed" });
  });

  test("are not for what is no notification of ours", async () => {
    await scope.push("plain text");
    await scope.push({ title: "another sender's" });
    await scope.fire("notificationclose", { notification: { title: "t", data: null } });
    expect(server.requests).toEqual([]);
  });

  test("are not for a notification that could not be shown", async () => {
    scope.refuses = () => true;
    await expect(scope.push(message({ title: "t" }))).rejects.toThrow("refused");
    expect(server.requests).toEqual([]);
  });

  test("wait while the server is out of reach, and go with the next event", async () => {
    await server.stop();
    await scope.push(pushOf("req_1"));
    expect(scope.shown).toHaveLength(1);
    expect(scope.syncs).toEqual(["pushbell"]);
    await server.resume();
    await scope.push(pushOf("req_2"));
    expect(reported().map(({ notification_id }) => notification_id)).toEqual(["req_1", "req_2"]);
  });

  test.each([429, 500, 503])("wait while the server answers %i, and go when a page asks", async status => {
    server.failure = { status };
    await scope.push(message({ title: "t" }));
    server.failure = undefined;
    server.requests.length = 0;
    await scope.fire("message", { data: { type: "pushbell:send" } });
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(reported()).toEqual([{ notification_id: "req_1", event: "shown" }]);
  });

  test("go with a background sync of ours, which fails while they cannot", async () => {
    await server.stop();
    await scope.push(message({ title: "t" }));
    await expect(scope.fire("sync", { tag: "pushbell" })).rejects.toThrow("could not be reached");
    await server.resume();
    await scope.fire("sync", { tag: "the site's own" });
    expect(server.requests).toEqual([]);
    await scope.fire("sync", { tag: "pushbell" });
    expect(reported()).toHaveLength(1);
  });

  test("are kept where the browser has no background sync, or forbids it", async () => {
    await server.stop();
    scope.registration.sync.register = async () => Promise.reject(new DOMException("", "NotAllowedError"));
    await scope.push(pushOf("req_1"));
    Reflect.deleteProperty(scope.registration, "sync");
    await scope.push(pushOf("req_2"));
    await scope.fire("message", { data: { type: "pushbell:send" } });
    await server.resume();
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(reported()).toHaveLength(2);
  });

  test("go a hundred at a time", async () => {
    await server.stop();
    for (let number = 1; number <= 101; number++) await scope.push(pushOf(`req_${number}`));
    await server.resume();
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(server.sent("POST", "/reg_1/receipts").map(({ body }) => body.receipts.length)).toEqual([100, 1]);
  });

  test("are dropped after 28 days", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) });
    await server.stop();
    await scope.push(pushOf("req_old"));
    vi.setSystemTime(Date.UTC(2026, 0, 29, 0, 0, 1));
    await scope.push(pushOf("req_new"));
    await server.resume();
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(reported().map(({ notification_id }) => notification_id)).toEqual(["req_new"]);
  });

  test("are dropped when the server will never take them", async () => {
    server.failure = { status: 400 };
    await scope.push(pushOf("req_1"));
    server.failure = undefined;
    server.requests.length = 0;
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(server.requests).toEqual([]);
  });

  test("are not reported by another registration than the one that received it", async () => {
    await server.stop();
    await scope.push(message({ title: "t" }));
    await server.resume();
    await saveRegistration(scope.registration.scope, { ...registration, registrationId: "reg_2" });
    await scope.fire("message", { data: { type: "pushbell:send" } });
    await saveRegistration(scope.registration.scope, registration);
    await scope.fire("message", { data: { type: "pushbell:send" } });
    expect(server.requests).toEqual([]);
  });

  test("are not kept once the browser is unregistered", async () => {
    await scope.push(message({ title: "t" }));
    await removeRegistration(scope.registration.scope);
    server.requests.length = 0;
    await scope.click();
    expect(server.requests).toEqual([]);
  });

  test("never hold up the notification, nor the handler for more than 5 seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server.hangs = true;
    let isOver = false;
    const handling = scope.push(message({ title: "t" })).then(() => (isOver = true));
    while (server.requests.length === 0) await new Promise(setImmediate);
    expect(scope.shown).toHaveLength(1);
    vi.advanceTimersByTime(4_999);
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    vi.advanceTimersByTime(1);
    await handling;
  });

  test("that cannot be kept do no harm", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await scope.push(message({ title: "t" }));
    await scope.click();
    expect(scope.opened).toHaveLength(1);
  });
});
