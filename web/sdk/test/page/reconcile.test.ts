import { describe, expect, test, vi } from "vitest";
import { SERVICE } from "../server/testServer";
import { earlierVisit, failure, page, server, useServer } from "./setting";

useServer();

const OTHER_KEY = "BAnother-Service_Key";

describe("a later visit", () => {
  test("gives a sign of life, and leaves it at that when nothing has changed", async () => {
    await earlierVisit();
    const pushbell = page();
    await pushbell.initialize();

    expect(pushbell.registration).toMatchObject({ registrationId: "reg_1", userEmail: "ann@example.com" });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /config",
      "POST /reg_1/heartbeat",
    ]);
    expect(server.sent("POST")[0]!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(server.sent("POST")[0]!.headers["x-publishable-key"]).toBeUndefined();
  });

  test("moves a lost subscription over to a new one", async () => {
    const browser = await earlierVisit();
    browser.subscription = null;
    const pushbell = page();
    const registered = vi.fn();
    pushbell.on("registered", registered);
    await pushbell.initialize();

    expect(server.sent("PATCH", "/reg_1")[0]!.body).toMatchObject({
      subscription: { endpoint: "https://push.example/subscription-2", keys: { p256dh: "p", auth: "a" } },
      vapid_public_key: SERVICE.vapid_public_key,
    });
    expect(server.sent("POST", "")).toHaveLength(0);
    expect(registered).toHaveBeenCalledOnce();
    expect(browser.timesAsked).toBe(1);
  });

  test("moves over to the service's new key", async () => {
    const browser = await earlierVisit();
    server.service = { ...SERVICE, vapid_public_key: OTHER_KEY };
    server.needsSubscription = true;
    await page().initialize();

    const [patch] = server.sent("PATCH");
    expect(patch!.body).toMatchObject({
      subscription: { endpoint: "https://push.example/subscription-2" },
      vapid_public_key: OTHER_KEY,
    });
    expect(Buffer.from(browser.subscription!.options.applicationServerKey).toString("base64url")).toBe(OTHER_KEY);
  });

  test.each(["expired", "inactive"])("gives up a subscription that the server calls %s", async status => {
    await earlierVisit();
    server.status = status;
    server.needsSubscription = true;
    const pushbell = page();
    await pushbell.initialize();
    expect(pushbell.registration!.endpoint).toBe("https://push.example/subscription-2");
    expect(server.sent("PATCH")).toHaveLength(1);
  });

  test("tells the server again when it could not, without giving up the new subscription", async () => {
    const browser = await earlierVisit();
    browser.subscription = null;
    server.failure = { status: 503, only: ({ method }) => method === "PATCH" };
    await page().initialize();
    server.failure = undefined;
    server.needsSubscription = true;
    await page().initialize();
    expect(server.sent("PATCH").map(({ body }) => body.subscription.endpoint)).toEqual([
      "https://push.example/subscription-2",
      "https://push.example/subscription-2",
    ]);
  });

  test("registers anew, as the same person, when the server knows nothing of it", async () => {
    await earlierVisit();
    server.forget();
    const pushbell = page();
    await pushbell.initialize();

    expect(pushbell.registration).toMatchObject({ registrationId: "reg_2", userEmail: "ann@example.com" });
    expect(server.sent("POST", "")[0]!.body).toMatchObject({ user_email: "ann@example.com" });
  });

  test("proves who it is as soon as it can, when the server asks for proof of a new registration", async () => {
    await earlierVisit();
    server.forget();
    server.failure = {
      status: 403,
      body: '{"detail":"An identity token is needed.","code":"FORBIDDEN"}',
      only: ({ method, path, body }) => method === "POST" && path === "" && !body.identity_token,
    };
    const pushbell = page();
    const reported = vi.fn();
    pushbell.on("error", reported);
    await pushbell.initialize();
    expect(reported).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "FORBIDDEN" }));

    await pushbell.identify({ email: "ann@example.com", token: "signed" });
    expect(pushbell.registration!.registrationId).toBe("reg_2");
  });

  test("ends when the server has unregistered it", async () => {
    const browser = await earlierVisit();
    server.status = "unregistered";
    server.needsSubscription = true;
    const pushbell = page();
    const unregistered = vi.fn();
    pushbell.on("unregistered", unregistered);
    await pushbell.initialize();

    expect(pushbell.isRegistered()).toBe(false);
    expect(browser.subscription).toBeNull();
    expect(unregistered).toHaveBeenCalledOnce();
  });

  test.each(["denied", "default"] as const)("ends when the permission has become %s", async permission => {
    const browser = await earlierVisit();
    browser.permission = permission;
    const pushbell = page();
    const unregistered = vi.fn();
    pushbell.on("unregistered", unregistered);
    await pushbell.initialize();

    expect(pushbell.isRegistered()).toBe(false);
    expect(unregistered).toHaveBeenCalledOnce();
    expect(server.sent("DELETE")[0]!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(browser.timesAsked).toBe(1);
  });

  test("succeeds while the server is too busy for a sign of life", async () => {
    await earlierVisit();
    server.failure = { status: 429, only: ({ path }) => path.endsWith("/heartbeat") };
    const pushbell = page();
    const reported = vi.fn();
    pushbell.on("error", reported);
    await pushbell.initialize();
    expect(pushbell.isRegistered()).toBe(true);
    expect(reported).not.toHaveBeenCalled();
  });

  test("tells what has changed about the browser, and that the app is installed for good", async () => {
    const browser = await earlierVisit();
    browser.navigator.language = "de";
    browser.installed = true;
    await page().initialize();
    browser.installed = false; // The same registration, seen from a tab.
    await page().initialize();

    expect(server.sent("PATCH")).toHaveLength(1);
    expect(server.sent("PATCH")[0]!.body).toMatchObject({ is_installed: true, language: "de" });
    expect(server.sent("PATCH")[0]!.body).not.toHaveProperty("subscription");
  });

  test("knows nothing of what another service keeps in the same worker", async () => {
    await earlierVisit();
    const pushbell = page({ serviceUrl: "http://127.0.0.1:9" });
    await failure(pushbell.initialize());
    expect(pushbell.isRegistered()).toBe(false);
  });
});
