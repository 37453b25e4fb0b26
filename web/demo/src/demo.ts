import { PushbellPWA } from "/sdk/pushbell.js";
import { sendCommand } from "./command";
import { element } from "./elements";
import { log } from "./log";

const KEY_STORAGE = "pushbell-demo:key";

const form = element<HTMLFormElement>("form");
const keyField = element<HTMLInputElement>("key");
const emailField = element<HTMLInputElement>("email");
const subscribeButton = element<HTMLButtonElement>("subscribe");
const unsubscribeButton = element<HTMLButtonElement>("unsubscribe");
const copyButton = element<HTMLButtonElement>("copy");

let connection: { key: string; pushbell: PushbellPWA; end(): void } | undefined;

/** One connection at a time: another key in the field ends the one before. */
function connect(key: string): PushbellPWA {
  if (connection?.key === key) return connection.pushbell;
  connection?.end();
  const pushbell = new PushbellPWA({
    organizationPublishableKey: key,
    serviceUrl: location.origin,
    workerUrl: "/demo/sw.js",
  });
  const handlers = [
    pushbell.on("registered", () => show(pushbell)),
    pushbell.on("unregistered", () => show(pushbell)),
    pushbell.on("notification", log),
    pushbell.on("click", log),
    pushbell.on("error", error => setStatus("bad", error.message)),
  ];
  connection = { key, pushbell, end: () => handlers.forEach(off => off()) };
  return pushbell;
}

/** In one tick with the click, so that the browser sees who asks. */
function subscribe(): Promise<unknown> {
  const pushbell = connect(keyField.value.trim());
  const identified = pushbell.identify({ email: emailField.value.trim() || undefined });
  return pushbell.isRegistered() ? identified : pushbell.registerForPush();
}

/** Takes up where the last visit ended. Asks nobody anything. */
async function resume(): Promise<void> {
  const pushbell = connect(keyField.value);
  const { serviceName } = await pushbell.initialize();
  emailField.value = pushbell.registration?.userEmail ?? "";
  show(pushbell, `Ready to subscribe to ${serviceName}.`);
}

function show({ registration }: PushbellPWA, otherwise = "Not subscribed."): void {
  if (registration) setStatus("good", `Subscribed. This browser is ${registration.registrationId}.`);
  else setStatus("idle", otherwise);
  subscribeButton.textContent = registration ? "Update" : "Subscribe";
  unsubscribeButton.hidden = !registration;
  element("send").hidden = !registration;
  element("send-hint").hidden = !!registration;
  if (registration) element("command").textContent = sendCommand(location.origin, registration.registrationId);
}

function setStatus(tone: "idle" | "busy" | "good" | "bad", sentence: string): void {
  const status = element("status");
  status.dataset.tone = tone;
  status.textContent = sentence;
}

/** Nothing can be pressed twice; a failure has reached the status line through the `error` event. */
async function busy(sentence: string, work: () => Promise<unknown>): Promise<void> {
  setStatus("busy", sentence);
  subscribeButton.disabled = unsubscribeButton.disabled = true;
  await work().then(
    () => localStorage.setItem(KEY_STORAGE, keyField.value.trim()),
    () => undefined,
  );
  subscribeButton.disabled = unsubscribeButton.disabled = false;
}

form.addEventListener("submit", event => {
  event.preventDefault();
  void busy("Subscribing…", subscribe);
});

unsubscribeButton.addEventListener("click", () => {
  void busy("Unsubscribing…", async () => connection?.pushbell.unregister());
});

copyButton.addEventListener("click", async () => {
  await navigator.clipboard.writeText(element("command").textContent ?? "");
  copyButton.textContent = "Copied";
  setTimeout(() => (copyButton.textContent = "Copy command"), 2000);
});

keyField.value = new URLSearchParams(location.hash.slice(1)).get("key") ?? localStorage.getItem(KEY_STORAGE) ?? "";
const obstacle = PushbellPWA.obstacle();
if (obstacle) {
  setStatus("bad", obstacle.message);
  subscribeButton.disabled = true;
} else if (keyField.value) {
  void busy("Looking up the service…", resume);
}
