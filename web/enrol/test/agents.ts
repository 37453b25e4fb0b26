const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko)";

const touch = (userAgent: string) => ({ userAgent, maxTouchPoints: 5 });
const mouse = (userAgent: string) => ({ userAgent, maxTouchPoints: 0 });

/** What browsers call themselves. */
export const agents = {
  safariOnIphone: touch(`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`),
  chromeOnIphone: touch(`${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`),
  firefoxOnIphone: touch(`${IPHONE.replace("17_5", "16_6")} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`),
  googleOnIphone: touch(`${IPHONE} GSA/320.0.641 Mobile/15E148 Safari/604.1`),
  duckDuckGoOnIphone: touch(`${IPHONE} Version/17.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`),
  appWindowOnIphone: touch(`${IPHONE.replace("17_5", "17_4_1")} Mobile/15E148 Instagram 336.0.0`),
  homeScreenApp: touch(`${IPHONE} Mobile/15E148`),
  oldIphone: touch(`${IPHONE.replace("17_5", "15_7_9")} Version/15.6.6 Mobile/15E148 Safari/604.1`),
  safariOnIpad: touch(
    `${IPHONE.replace("iPhone; CPU iPhone OS", "iPad; CPU OS")} Version/17.5 Mobile/15E148 Safari/604.1`,
  ),
  ipadAskingForDesktopPages: touch(`${MAC} Version/16.3 Safari/605.1.15`),
  chromeOnAndroid: touch(`${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36`),
  samsung: touch(`${ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`),
  firefoxOnAndroid: touch("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0"),
  safariOnMac: mouse(`${MAC} Version/17.5 Safari/605.1.15`),
  edge: mouse(
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
  ),
  firefox: mouse("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
  unknown: mouse("Mozilla/5.0 (X11; Linux x86_64) Kiosk/1.0"),
} as const;
