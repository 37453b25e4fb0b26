import { beforeEach, describe, expect, test, vi } from "vitest";
import type { FakeBrowser } from "./fakeBrowser";
import { earlierVisit, server, useServer } from "./setting";

useServer();

let browser: FakeBrowser;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
  browser = await earlierVisit(); // The page of that visit is still open.
});

function beats(): number {
  return server.sent("POST", "/reg_1/heartbeat").length;
}

async function pass(seconds: number): Promise<void> {
  vi.advanceTimersByTime(seconds * 1000);
  await settle();
}

/** Until what was started has come to its end: each waits its turn for the scope, and so does this. */
function settle(): Promise<void> {
  return browser.settled();
}

describe("signs of life", () => {
  test("come once a minute while the page is seen", async () => {
    await pass(59);
    expect(beats()).toBe(0);
    await pass(1);
    expect(beats()).toBe(1);
    await pass(60);
    expect(beats()).toBe(2);
  });

  test("do not come from a page in the background, and come at once when it is back", async () => {
    browser.show("hidden");
    await pass(600);
    expect(beats()).toBe(0);
    browser.show("visible");
    await settle();
    expect(beats()).toBe(1);
  });

  test("do not come at every glance", async () => {
    await pass(10);
    browser.show("hidden");
    browser.show("visible");
    await settle();
    expect(beats()).toBe(0);
  });

  test("wait for the network", async () => {
    browser.navigator.onLine = false;
    await pass(120);
    expect(beats()).toBe(0);
    browser.navigator.onLine = true;
    browser.happen("online");
    await settle();
    expect(beats()).toBe(1);
  });

  test("move an open page's subscription over when the server asks for it", async () => {
    server.needsSubscription = true;
    await pass(60);
    expect(server.sent("PATCH")[0]!.body.subscription.endpoint).toBe("https://push.example/subscription-2");
  });

  test("with the network back, the worker is asked to send what it kept", async () => {
    const [worker] = [...browser.workers.values()];
    const before = worker!.told.length;
    browser.happen("online");
    expect(worker!.told.slice(before)).toEqual([{ type: "pushbell:send" }]);
  });
});
