import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PushbellPWA, type PushbellError, type PushbellOptions } from "../../src/page";
import { FakeBrowser } from "./fakeBrowser";
import { SERVICE, TestServer } from "./testServer";

const KEY = "pk_test_key";
let server: TestServer;

beforeEach(async () => {
  server = await TestServer.start();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server.stop();
});

function page(options: Partial<PushbellOptions> = {}): PushbellPWA {
  return new PushbellPWA({ organizationPublishableKey: KEY, serviceUrl: server.url, ...options });
}

async function failure(work: Promise<unknown>): Promise<PushbellError> {
  return work.then(
    () => expect.unreachable("it should have failed"),
    error => error,
  );
}

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
    });
    expect(server.requests.map(({ path }) => path)).toEqual(["/v2/push/registrations/config"]);
    expect(server.requests[0]!.headers["x-publishable-key"]).toBe(KEY);
    expect(browser.timesAsked).toBe(0);
  });

  test("starts the worker it was told to, in the scope it was told", async () => {
    const browser = new FakeBrowser();
    await page({ workerUrl: "/demo/sw.js", workerScope: "/demo/" }).initialize();
    expect(browser.workers).toEqual([{ url: "/demo/sw.js", scope: "/demo/" }]);
  });

  test("takes a service URL with a slash at its end", async () => {
    new FakeBrowser();
    await page({ serviceUrl: `${server.url}/` }).initialize();
    expect(server.requests[0]!.path).toBe("/v2/push/registrations/config");
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

  test("says that the server could not be reached", async () => {
    new FakeBrowser();
    const pushbell = page();
    await server.stop();
    expect((await failure(pushbell.initialize())).code).toBe("NETWORK_ERROR");
  });
});

describe("support", () => {
  test("an insecure page is told why", async () => {
    new FakeBrowser({ secure: false });
    expect((await failure(page().registerForPush())).code).toBe("INSECURE_CONTEXT");
  });

  test("a browser without push is told so, and its permission is unsupported", async () => {
    new FakeBrowser({ withoutPush: true });
    const pushbell = page();
    expect((await failure(pushbell.initialize())).code).toBe("UNSUPPORTED");
    expect(pushbell.permission).toBe("unsupported");
  });

  test("an obstacle is known before anybody is asked", () => {
    new FakeBrowser();
    expect(PushbellPWA.obstacle()).toBeUndefined();
    new FakeBrowser({ secure: false });
    expect(PushbellPWA.obstacle()?.code).toBe("INSECURE_CONTEXT");
    new FakeBrowser({ permission: "denied" });
    expect(PushbellPWA.obstacle()?.code).toBe("PERMISSION_DENIED");
  });

  test("an iPhone's tab is told to install the page", async () => {
    new FakeBrowser({
      withoutPush: true,
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Safari/604.1",
    });
    expect((await failure(page().initialize())).code).toBe("INSTALL_REQUIRED");
  });
});

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
});

describe("identify", () => {
  test("tells the server at once when registered", async () => {
    new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    await pushbell.identify({ userId: "42" });
    expect(server.sent("POST").map(({ body }) => body!.user_id)).toEqual([undefined, "42"]);
  });
});

describe("a later visit", () => {
  async function firstVisit(): Promise<FakeBrowser> {
    const browser = new FakeBrowser();
    const pushbell = page();
    await pushbell.identify({ email: "ann@example.com" });
    await pushbell.registerForPush();
    server.requests.length = 0;
    return browser;
  }

  test("knows its registration and leaves the server alone", async () => {
    await firstVisit();
    const pushbell = page();
    expect(pushbell.isRegistered()).toBe(true);
    await pushbell.initialize();
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("registers a renewed subscription with the old identity and takes the old registration off", async () => {
    const browser = await firstVisit();
    browser.subscription = null;
    const pushbell = page();
    await pushbell.initialize();

    expect(server.sent("POST")[0]!.body).toMatchObject({
      subscription: { endpoint: "https://push.example/subscription-2" },
      user_email: "ann@example.com",
    });
    expect(server.sent("DELETE").map(({ path }) => path)).toEqual(["/v2/push/registrations/reg_1"]);
    expect(pushbell.isRegistered()).toBe(true);
  });

  test("subscribes anew when the service has another key", async () => {
    await firstVisit();
    server.service = { ...SERVICE, vapid_public_key: "BAnother-Service_Key" };
    await page().initialize();
    expect(server.sent("POST")).toHaveLength(1);
  });

  test("is unregistered when the permission was taken back", async () => {
    const browser = await firstVisit();
    browser.permission = "denied";
    const pushbell = page();
    const unregistered = vi.fn();
    pushbell.on("unregistered", unregistered);
    await pushbell.initialize();

    expect(pushbell.isRegistered()).toBe(false);
    expect(unregistered).toHaveBeenCalledOnce();
    expect(server.sent("DELETE")[0]!.headers.authorization).toBe("Bearer token-of-reg_1");
  });

  test("begins afresh when what was stored cannot be read", async () => {
    const browser = await firstVisit();
    browser.storage.set(`pushbell:${KEY}`, "{not json");
    expect(page().isRegistered()).toBe(false);
  });
});

describe("unregister", () => {
  test("ends the subscription and tells the server with the registration's own token", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    const unregistered = vi.fn();
    pushbell.on("unregistered", unregistered);

    await pushbell.unregister();

    const [request] = server.sent("DELETE");
    expect(request!.path).toBe("/v2/push/registrations/reg_1");
    expect(request!.headers.authorization).toBe("Bearer token-of-reg_1");
    expect(request!.headers["x-publishable-key"]).toBeUndefined();
    expect(browser.subscription).toBeNull();
    expect(browser.storage.size).toBe(0);
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

  test.each([401, 404])("is content when the server has forgotten it already, and says so with %i", async status => {
    new FakeBrowser();
    const pushbell = page();
    await pushbell.registerForPush();
    const reported = vi.fn();
    pushbell.on("error", reported);
    server.failure = { status, body: '{"detail":"No such registration."}' };
    await pushbell.unregister();
    expect(reported).not.toHaveBeenCalled();
  });
});

describe("events", () => {
  const push = { type: "pushbell:push", id: "req_1", title: "Hello", body: "", tag: "req_1", data: { a: 1 } };

  test("hands on what the worker tells, and only ours", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const shown = vi.fn();
    const clicked = vi.fn();
    pushbell.on("notification", shown);
    pushbell.on("click", clicked);
    await pushbell.initialize();

    browser.receive(push);
    browser.receive({ ...push, type: "pushbell:click", action: "open" });
    browser.receive("somebody else's");
    browser.receive(undefined);

    expect(shown).toHaveBeenCalledExactlyOnceWith(push);
    expect(clicked).toHaveBeenCalledExactlyOnceWith({ ...push, type: "pushbell:click", action: "open" });
  });

  test("a handler taken off hears no more", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const shown = vi.fn();
    const off = pushbell.on("notification", shown);
    await pushbell.initialize();
    off();
    browser.receive(push);
    expect(shown).not.toHaveBeenCalled();
  });

  test("a handler that throws is reported and stops no other", async () => {
    const browser = new FakeBrowser();
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    const pushbell = page();
    const second = vi.fn();
    pushbell.on("notification", () => {
      throw new Error("the page's bug");
    });
    pushbell.on("notification", second);
    await pushbell.initialize();
    browser.receive(push);
    expect(second).toHaveBeenCalledOnce();
    expect(reportError).toHaveBeenCalledOnce();
  });
});
