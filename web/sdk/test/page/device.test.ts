import { expect, test } from "vitest";
import { deviceInfo } from "../../src/page/device";

const SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0";

test.each([
  ["Firefox 153 Linux desktop", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"],
  ["Firefox 153 Android mobile", "Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"],
  [
    "Firefox 140 iOS mobile",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${SAFARI} FxiOS/140.0 Safari/604.1`,
  ],
  [
    "Safari 18 iOS mobile",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${SAFARI} Version/18.5 Safari/604.1`,
  ],
  ["Safari 18 macOS desktop", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Version/18.5 Safari/605.1.15`],
  ["Chrome 156 Windows desktop", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`],
  ["Chrome 156 Android mobile", `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`],
  ["Chrome 156 Android tablet", `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Safari/537.36`],
  ["Chrome 156 Chrome OS desktop", `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`],
  ["Edge 156 Windows desktop", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/156.0.0.0`],
  ["Opera 130 macOS desktop", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36 OPR/130.0`],
  ["Samsung Internet 28 Android mobile", `Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 ${CHROME} Mobile`],
])("%s is told by its user agent", (expected, userAgent) => {
  const info = deviceInfo({ userAgent, maxTouchPoints: 0 });
  expect(`${info.browser_name} ${info.browser_version} ${info.os_name} ${info.device_type}`).toBe(expected);
});

test("an iPad is told from a Macintosh by its touch screen", () => {
  const userAgent = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Version/18.5 Safari/605.1.15`;
  expect(deviceInfo({ userAgent, maxTouchPoints: 5 })).toMatchObject({ os_name: "iOS", device_type: "tablet" });
});

test("client hints win over the user agent", () => {
  const brands = [
    { brand: "Not=A?Brand", version: "24" },
    { brand: "Chromium", version: "156" },
    { brand: "Microsoft Edge", version: "156" },
  ];
  const userAgentData = { brands, mobile: false, platform: "Windows" };
  expect(deviceInfo({ userAgent: "Mozilla/5.0", maxTouchPoints: 0, userAgentData })).toEqual({
    browser_name: "Edge",
    browser_version: "156",
    os_name: "Windows",
    device_type: "desktop",
  });
});

test("a plain Chromium is one, not the made-up brand", () => {
  const brands = [
    { brand: "Chromium", version: "156" },
    { brand: "Not_A Brand", version: "8" },
  ];
  const userAgentData = { brands, mobile: true, platform: "Android" };
  const info = deviceInfo({ userAgent: "Mozilla/5.0", maxTouchPoints: 5, userAgentData });
  expect(info).toMatchObject({ browser_name: "Chromium", browser_version: "156", device_type: "mobile" });
});

test("what nobody knows is called so", () => {
  expect(deviceInfo({ userAgent: "curl/8", maxTouchPoints: 0 })).toEqual({
    browser_name: "Unknown",
    browser_version: "",
    os_name: "Unknown",
    device_type: "desktop",
  });
});
