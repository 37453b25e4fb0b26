import type { DeviceInfo } from "../shared/api";

interface UserAgentData {
  brands: { brand: string; version: string }[];
  mobile: boolean;
  platform: string;
}

/** What of `navigator` says something about the device. */
export interface Agent {
  userAgent: string;
  maxTouchPoints: number;
  userAgentData?: UserAgentData;
}

/** In this order: a browser built on another one names both. */
const BROWSERS: [name: string, version: RegExp][] = [
  ["Edge", /Edg(?:A|iOS)?\/(\d+)/],
  ["Opera", /(?:OPR|OPT)\/(\d+)/],
  ["Samsung Internet", /SamsungBrowser\/(\d+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /Version\/(\d+).* Safari\//],
];

const SYSTEMS: [name: string, sign: RegExp][] = [
  ["iOS", /iPhone|iPad|iPod/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["Chrome OS", /CrOS/],
  ["macOS", /Mac OS X|Macintosh/],
  ["Linux", /Linux|X11/],
];

const BRAND_NAMES: Record<string, string> = { "Google Chrome": "Chrome", "Microsoft Edge": "Edge" };

export function deviceInfo(agent: Agent): DeviceInfo {
  return { ...browser(agent), os_name: system(agent), device_type: deviceType(agent) };
}

/** iPadOS calls itself a Macintosh; no Macintosh has a touch screen. */
export function isAppleMobile({ userAgent, maxTouchPoints }: Agent): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes("Macintosh") && maxTouchPoints > 1);
}

function browser({ userAgent, userAgentData }: Agent): Pick<DeviceInfo, "browser_name" | "browser_version"> {
  // The brand list carries a made-up entry ("Not=A?Brand") and the engine; the browser itself is what remains.
  const brands = userAgentData?.brands.filter(({ brand }) => !/not.*brand/i.test(brand)) ?? [];
  const own = brands.find(({ brand }) => brand !== "Chromium") ?? brands[0];
  if (own) return { browser_name: BRAND_NAMES[own.brand] ?? own.brand, browser_version: own.version };

  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version) return { browser_name: name, browser_version: version };
  }
  return { browser_name: "Unknown", browser_version: "" };
}

function system(agent: Agent): string {
  if (agent.userAgentData?.platform) return agent.userAgentData.platform;
  if (isAppleMobile(agent)) return "iOS";
  return SYSTEMS.find(([, sign]) => sign.test(agent.userAgent))?.[0] ?? "Unknown";
}

function deviceType(agent: Agent): DeviceInfo["device_type"] {
  const { userAgent, userAgentData } = agent;
  if (/iPhone|iPod/.test(userAgent)) return "mobile";
  if (isAppleMobile(agent)) return "tablet";
  if (userAgentData?.mobile || /Mobi/.test(userAgent)) return "mobile";
  return /Android|Tablet/.test(userAgent) ? "tablet" : "desktop";
}
