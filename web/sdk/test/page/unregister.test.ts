import { describe, expect, test, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser";
import { page, server, useServer } from "./setting";

useServer();

describe("unregister", () => {
  test("ends the subscription and tells the server with the registration's own token", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    const unregistered = vi.fn();
    pushbell.on("unregistered", unregistered);

    await pushbell.unregister();

    const [request] = server.sent("DELETE");
    expect(request!.path).toBe("/reg_1");
    expect(request!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(request!.headers["x-publishable-key"]).toBeUndefined();
    expect(browser.subscription).toBeNull();
    expect(pushbell.isRegistered()).toBe(false);
    expect(unregistered).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ registrationId: "reg_1" }));
    expect(unregistered.mock.calls[0]![0]).not.toHaveProperty("registrationToken");
  });

  test("holds when the server cannot be reached, and reports that", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    await server.stop();
    const reported = vi.fn();
    pushbell.on("error", reported);

    await pushbell.unregister();

    expect(browser.subscription).toBeNull();
    expect(pushbell.isRegistered()).toBe(false);
    expect(reported).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "NETWORK_ERROR" }));
  });

  test("is content when the server has forgotten it already", async () => {
    new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    const reported = vi.fn();
    pushbell.on("error", reported);
    server.forget();
    await pushbell.unregister();
    expect(reported).not.toHaveBeenCalled();
  });
});

test("after it, nothing is left for the next visit", async () => {
  new FakeBrowser();
  const pushbell = page();
  await pushbell.registerForPush();
  await pushbell.unregister();

  const later = page();
  await later.initialize();

  expect(later.isRegistered()).toBe(false);
  expect(server.sent("POST")).toHaveLength(1);
});
