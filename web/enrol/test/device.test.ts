import { describe, expect, it } from "vitest";
import { isTooOldForPush, readDevice } from "../src/situation/device";
import { agents } from "./agents";

describe("readDevice", () => {
  it.each([
    ["safariOnIphone", "ios", "Safari", [17, 5], false],
    ["chromeOnIphone", "ios", "Chrome", [17, 5], false],
    ["firefoxOnIphone", "ios", "Firefox", [16, 6], false],
    ["googleOnIphone", "ios", "Google", [17, 5], false],
    ["duckDuckGoOnIphone", "ios", "DuckDuckGo", [17, 5], false],
    ["appWindowOnIphone", "ios", undefined, [17, 4], false],
    ["homeScreenApp", "ios", undefined, [17, 5], false],
    ["oldIphone", "ios", "Safari", [15, 7], false],
    ["safariOnIpad", "ios", "Safari", [17, 5], true],
    ["ipadAskingForDesktopPages", "ios", "Safari", [16, 3], true],
    ["chromeOnAndroid", "android", "Chrome", undefined, false],
    ["samsung", "android", "Samsung Internet", undefined, false],
    ["firefoxOnAndroid", "android", "Firefox", undefined, false],
    ["safariOnMac", "desktop", "Safari", undefined, false],
    ["edge", "desktop", "Edge", undefined, false],
    ["firefox", "desktop", "Firefox", undefined, false],
  ] as const)("of %s", (agent, system, browser, iosVersion, tablet) =>
    expect(readDevice(agents[agent])).toEqual({ system, browser, iosVersion, tablet }),
  );
});

describe("isTooOldForPush", () => {
  const ios = (version: [number, number] | undefined) => ({
    ...readDevice(agents.safariOnIphone),
    iosVersion: version,
  });

  it.each([
    [[15, 9], true],
    [[16, 3], true],
    [[16, 4], false],
    [[17, 0], false],
    [[26, 1], false],
    [undefined, false],
  ] as const)("of iOS %j is %s", (version, tooOld) => expect(isTooOldForPush(ios(version as never))).toBe(tooOld));
});
