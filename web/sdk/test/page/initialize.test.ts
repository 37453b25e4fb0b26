import { describe, expect, test, vi } from "vitest";
import { SERVICE } from "../server/testServer";
import { FakeBrowser } from "./fakeBrowser";
import { earlierVisit, failure, KEY, page, server, useServer } from "./setting";

useServer();

describe("initialize", () => {
  test("fetches the configuration with the publishable key and asks the user nothing", async () => {
    const browser = new FakeBrowser();
    const config = await page().initialize();

    expect(config).toEqual({
      organizationId: "org_1",
      serviceId: "svc_1",
      serviceName: "Test shop",
      vapidPublicKey: SERVICE.vapid_public_key,
      icon: undefined,
      identity: "optional",
      colors: { theme: "#123456", background: undefined },
    });
    expect(server.requests.map(({ path }) => path)).toEqual(["/config"]);
    expect(server.requests[0]!.headers["x-publishable-key"]).toBe(KEY);
    expect(browser.timesAsked).toBe(0);
  });

  test("takes a service URL with a slash at its end", async () => {
    new FakeBrowser();
    await page({ serviceUrl: `${server.url}/` }).initialize();
    expect(server.requests[0]!.path).toBe("/config");
  });

  test("asks the server once, however often it is called", async () => {
    new FakeBrowser();
    const pushbell = page();
    await Promise.all([pushbell.initialize(), pushbell.initialize()]);
    expect(server.requests).toHaveLength(1);
  });

  test("can be called again after a failure", async () => {
    new FakeBrowser();
    const pushbell = page();
    server.failure = { status: 503, body: '{"detail":"Draining.","code":"SERVICE_UNAVAILABLE"}' };
    await failure(pushbell.initialize());
    server.failure = undefined;
    await expect(pushbell.initialize()).resolves.toMatchObject({ serviceId: "svc_1" });
  });

  test("refuses a key of another service when the service was named", async () => {
    new FakeBrowser();
    const error = await failure(page({ serviceId: "svc_other" }).initialize());
    expect(error.code).toBe("WRONG_SERVICE");
    expect(error.message).toContain("svc_1");
  });

  test("throws the server's own sentence and code, and reports them", async () => {
    new FakeBrowser();
    server.failure = { status: 401, body: '{"detail":"This publishable key is not known.","code":"UNAUTHORIZED"}' };
    const pushbell = page();
    const reported = vi.fn();
    pushbell.on("error", reported);

    const error = await failure(pushbell.initialize());
    expect(error).toMatchObject({ message: "This publishable key is not known.", code: "UNAUTHORIZED", status: 401 });
    expect(reported).toHaveBeenCalledExactlyOnceWith(error);
  });

  test("says which status came when the answer is not ours", async () => {
    new FakeBrowser();
    server.failure = { status: 502, body: "<h1>Bad gateway</h1>" };
    expect(await failure(page().initialize())).toMatchObject({ code: "UNEXPECTED", status: 502 });
  });

  test("says that this browser keeps nothing for the site, when it does not", async () => {
    new FakeBrowser();
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
    expect((await failure(page().initialize())).code).toBe("STORAGE_FAILED");
  });

  test("asks the worker to send what it may have kept", async () => {
    const browser = new FakeBrowser();
    await page().initialize();
    expect([...browser.workers.values()].map(({ told }) => told)).toEqual([[{ type: "pushbell:send" }]]);
  });
});

describe("offline", () => {
  test("says that the server could not be reached, and still knows its registration", async () => {
    await earlierVisit();
    await server.stop();
    const pushbell = page();
    expect((await failure(pushbell.initialize())).code).toBe("NETWORK_ERROR");
    expect(pushbell.isRegistered()).toBe(true);
  });

  test("begins by itself once there is a network", async () => {
    const browser = await earlierVisit();
    await server.stop();
    const pushbell = page();
    await failure(pushbell.initialize());

    await server.resume();
    browser.happen("online");

    await vi.waitFor(() => expect(server.sent("POST", "/reg_1/heartbeat")).toHaveLength(1));
  });
});
