import { describe, expect, test, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser";
import { failure, page, useServer } from "./setting";

useServer();

function offer(outcome: "accepted" | "dismissed") {
  return { prompt: vi.fn(async () => undefined), userChoice: Promise.resolve({ outcome }) };
}

describe("installing", () => {
  test.each([
    ["accepted", true],
    ["dismissed", false],
  ] as const)("the browser's offer is kept for the page, used once, and was %s", async (outcome, accepted) => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const installable = vi.fn();
    pushbell.on("installable", installable);
    expect(pushbell.canInstall()).toBe(false);

    const made = offer(outcome);
    const event = browser.happen("beforeinstallprompt", made);
    expect(event.defaultPrevented).toBe(true);
    expect(installable).toHaveBeenCalledOnce();
    expect(pushbell.canInstall()).toBe(true);
    expect(made.prompt).not.toHaveBeenCalled();

    const showing = pushbell.showInstallPrompt();
    expect(made.prompt).toHaveBeenCalledOnce(); // At once, while the gesture still counts.
    expect(await showing).toEqual({ accepted });
    expect(pushbell.canInstall()).toBe(false);
  });

  test("without an offer, the page is told why", async () => {
    new FakeBrowser();
    expect((await failure(page().showInstallPrompt())).code).toBe("INSTALL_UNAVAILABLE");
  });

  test("an installed app has nothing more to offer", async () => {
    const browser = new FakeBrowser();
    const pushbell = page();
    const installed = vi.fn();
    pushbell.on("installed", installed);
    browser.happen("beforeinstallprompt", offer("accepted"));
    browser.happen("appinstalled");
    expect(installed).toHaveBeenCalledOnce();
    expect(pushbell.canInstall()).toBe(false);
  });
});

describe("the badge", () => {
  test("is taken off", async () => {
    const browser = new FakeBrowser();
    await page().clearBadge();
    expect(browser.badgesCleared).toBe(1);
  });

  test("is no matter where there is none", async () => {
    const browser = new FakeBrowser();
    Reflect.deleteProperty(browser.navigator, "clearAppBadge");
    await expect(page().clearBadge()).resolves.toBeUndefined();
  });
});
