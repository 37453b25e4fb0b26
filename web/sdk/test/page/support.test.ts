import { describe, expect, test } from "vitest";
import { PushbellPWA } from "../../src/page";
import { FakeBrowser } from "./fakeBrowser";
import { failure, page, useServer } from "./setting";

useServer();

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
