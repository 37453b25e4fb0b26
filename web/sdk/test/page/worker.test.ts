import { describe, expect, test } from "vitest";
import { FakeBrowser } from "./fakeBrowser";
import { failure, page, useServer } from "./setting";

useServer();

describe("the service worker", () => {
  test("is ours in the site's root unless the page says otherwise", async () => {
    const browser = new FakeBrowser();
    await page().initialize();
    expect(browser.registered).toEqual([
      { url: "https://shop.example/pushbell-sw.js", scope: "https://shop.example/" },
    ]);
  });

  test("is the one that the page names, in the scope that it names", async () => {
    const browser = new FakeBrowser();
    await page({ workerUrl: "/sw/push.js" }).initialize();
    await page({ workerUrl: "/sw.js", workerScope: "/push/" }).initialize();
    expect(browser.registered).toEqual([
      { url: "https://shop.example/sw/push.js", scope: "https://shop.example/sw/" },
      { url: "https://shop.example/sw.js", scope: "https://shop.example/push/" },
    ]);
  });

  test("is left as the site registered it, when the site has done so", async () => {
    const browser = new FakeBrowser();
    const own = browser.addWorker("/sw.js", "/");
    await page({ workerUrl: "/sw.js" }).initialize();
    expect(browser.registered).toEqual([]);
    expect(own.told).toHaveLength(1);
  });

  test("never takes the place of another one unasked", async () => {
    const browser = new FakeBrowser();
    browser.addWorker("/sw.js", "/");
    const error = await failure(page().initialize());
    expect(error.code).toBe("WORKER_CONFLICT");
    expect(error.message).toContain("https://shop.example/sw.js");
    expect(browser.registered).toEqual([]);
  });

  test("goes beside another one in a scope of its own", async () => {
    const browser = new FakeBrowser();
    browser.addWorker("/sw.js", "/");
    await page({ workerScope: "/pushbell/" }).initialize();
    expect([...browser.workers.keys()]).toEqual(["https://shop.example/", "https://shop.example/pushbell/"]);
  });
});
