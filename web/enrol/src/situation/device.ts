import { type Agent, deviceInfo, isAppleMobile } from "../../../sdk/src/page/device";

/** What the page must know of a device to say the right thing on it. */
export interface Device {
  readonly system: "ios" | "android" | "desktop";
  readonly tablet: boolean;
  /** As the browser calls itself ("Chrome"); `undefined` for one that gives no name, such as an app's own window. */
  readonly browser: string | undefined;
  /** Major and minor, on iOS only and where it is told. */
  readonly iosVersion: readonly [major: number, minor: number] | undefined;
}

/** iOS browsers that pass for Safari but for one word. */
const SAFARI_LOOKALIKES: [name: string, sign: RegExp][] = [
  ["DuckDuckGo", /DuckDuckGo\/|Ddg\//],
  ["Brave", /Brave\//],
  ["Google", /GSA\//],
];

export function readDevice(agent: Agent): Device {
  const ios = isAppleMobile(agent);
  const { userAgent, maxTouchPoints } = agent;
  // No browser on iOS has userAgentData; where there is one, something else poses as an iPhone and is taken at its word.
  const { browser_name, device_type } = deviceInfo(ios ? { userAgent, maxTouchPoints } : agent);
  const lookalike = ios ? SAFARI_LOOKALIKES.find(([, sign]) => sign.test(userAgent))?.[0] : undefined;
  return {
    system: ios ? "ios" : /Android/.test(userAgent) ? "android" : "desktop",
    tablet: device_type === "tablet",
    browser: lookalike ?? (browser_name === "Unknown" ? undefined : browser_name),
    iosVersion: ios ? iosVersion(userAgent) : undefined,
  };
}

/** Web push came to Home Screen apps with iOS 16.4. A version that is not told is taken for a new one. */
export function isTooOldForPush({ iosVersion: version }: Device): boolean {
  return version !== undefined && (version[0] < 16 || (version[0] === 16 && version[1] < 4));
}

/** An iPad that asks for desktop pages names macOS, and its own version only as Safari's. */
function iosVersion(userAgent: string): Device["iosVersion"] {
  const found =
    /(?:iPhone )?OS (\d+)_(\d+)(?=.* like Mac OS X)/.exec(userAgent) ?? /Version\/(\d+)\.(\d+)/.exec(userAgent);
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}
