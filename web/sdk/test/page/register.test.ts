import { describe, expect, test, vi } from "vitest";
import { SERVICE } from "../server/testServer";
import { FakeBrowser } from "./fakeBrowser";
import { failure, KEY, page, server, useServer } from "./setting";

useServer();

describe("registerForPush", () => {
  test("asks, subscribes with the service's key and registers", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const registered = vi.fn();
    pushbell.on("registered", registered);

    const registration = await pushbell.registerForPush();

    expect(browser.timesAsked).toBe(1);
    expect(registration).toEqual({ registrationId: "reg_1", endpoint: "https://push.example/subscription-1" });
    expect(registered).toHaveBeenCalledExactlyOnceWith(registration);
    expect(pushbell.isRegistered()).toBe(true);
    expect(pushbell.registration).toEqual(registration);
    expect(pushbell.permission).toBe("granted");
    const [post] = server.sent("POST");
    expect(post!.headers["x-publishable-key"]).toBe(KEY);
    expect(post!.body).toEqual({
      subscription: browser.subscription!.toJSON(),
      vapid_public_key: SERVICE.vapid_public_key,
      device_info: { browser_name: "Firefox", browser_version: "153", os_name: "Linux", device_type: "desktop" },
      is_installed: false,
      language: "pt-BR",
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
  });

  test("asks before anything else, while the gesture still counts", async () => {
    const browser = new FakeBrowser();
    const registering = page().registerForPush();
    expect(browser.timesAsked).toBe(1);
    expect(server.requests).toHaveLength(0);
    await registering;
  });

  test.each([
    ["denied", "PERMISSION_DENIED"],
    ["default", "PERMISSION_DISMISSED"],
  ] as const)("an answer of %s is %s, and the server hears nothing", async (answer, code) => {
    const browser = new FakeBrowser({ answer });
    const pushbell = page();
    expect((await failure(pushbell.registerForPush())).code).toBe(code);
    expect(browser.subscription).toBeNull();
    expect(server.requests).toHaveLength(0);
    expect(pushbell.isRegistered()).toBe(false);
  });

  test("makes one registration, however often it is called at once", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const made = await Promise.all([pushbell.registerForPush(), pushbell.registerForPush(), page().registerForPush()]);
    expect(new Set(made.map(({ registrationId }) => registrationId))).toEqual(new Set(["reg_1"]));
    expect(server.sent("POST", "")).toHaveLength(1);
    expect(browser.subscription).not.toBeNull();
  });

  test("carries the identity named before", async () => {
    new FakeBrowser();
    const pushbell = page();
    await pushbell.identify({ email: "ann@example.com", userId: "42", token: "signed" });
    await pushbell.registerForPush();
    expect(server.sent("POST")[0]!.body).toMatchObject({
      user_email: "ann@example.com",
      user_id: "42",
      identity_token: "signed",
    });
  });

  test("ends the registration that another service had in the same worker", async () => {
    new FakeBrowser();
    await page().registerForPush();
    server.service = { ...SERVICE, service_id: "svc_2", vapid_public_key: "BAnother-Service_Key" };

    const other = page();
    await other.initialize();
    expect(other.isRegistered()).toBe(false);
    await other.registerForPush();

    expect(other.registration!.registrationId).toBe("reg_2");
    expect(server.sent("DELETE").map(({ path }) => path)).toEqual(["/reg_1"]);
  });
});
