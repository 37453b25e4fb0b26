// node send.mjs sign-each|keep-token PORT CERTIFICATE: takes a turn for each line of seconds, and answers "messages seconds cpu-seconds".
import { createECDH, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const [mode, port, certificate] = process.argv.slice(2);
const sockets = 50;

if (mode === "keep-token") {
  const helper = require("web-push/src/vapid-helper.js");
  const sign = helper.getVapidHeaders;
  const tokens = new Map();
  helper.getVapidHeaders = (audience, ...rest) => {
    if (!tokens.has(audience)) {
      tokens.set(audience, sign(audience, ...rest));
    }
    return tokens.get(audience);
  };
}

const webPush = require("web-push");
const keys = webPush.generateVAPIDKeys();
webPush.setVapidDetails("mailto:bench@example.com", keys.publicKey, keys.privateKey);

const agent = new Agent({ keepAlive: true, maxSockets: sockets, ca: readFileSync(certificate), servername: "localhost" });
const payload = randomBytes(300);
const browsers = Array.from({ length: 1000 }, (_, number) => ({
  endpoint: `https://127.0.0.1:${port}/sink/${number}`,
  keys: { p256dh: createECDH("prime256v1").generateKeys("base64url"), auth: randomBytes(16).toString("base64url") },
}));
let next = 0;

async function sendUntil(end) {
  let sent = 0;
  for (; performance.now() < end; sent++) {
    await webPush.sendNotification(browsers[next++ % browsers.length], payload, { TTL: 60, agent });
  }
  return sent;
}

for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const sent = await Promise.all(Array.from({ length: sockets }, () => sendUntil(start + Number(line) * 1000)));
  const used = process.cpuUsage(cpu);
  const total = sent.reduce((sum, one) => sum + one, 0);
  console.log(total, (performance.now() - start) / 1000, (used.user + used.system) / 1e6);
}
agent.destroy();
