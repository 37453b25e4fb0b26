import { describe, expect, it } from "vitest";
import type { Settings } from "../src/settings";
import { readDevice } from "../src/situation/device";
import { canBeSubscribed, decide, type Situation } from "../src/situation/state";
import { agents } from "./agents";

const settings: Settings = {
  organizationId: "org_1",
  serviceId: "srv_1",
  serviceUrl: "https://push.example.com",
  publishableKey: "pk_1",
  name: "Acme",
  icon: undefined,
  colors: { theme: undefined, background: undefined },
  identity: "off",
};

const normal: Situation = {
  service: { kind: "found", settings },
  device: readDevice(agents.edge),
  installed: false,
  secure: true,
  online: true,
  supported: true,
  privateWindow: false,
  permission: "default",
  registered: false,
};

const on = (agent: keyof typeof agents) => ({ device: readDevice(agents[agent]) });
const asking = (identity: Settings["identity"]) => ({
  service: { kind: "found" as const, settings: { ...settings, identity } },
});
const withoutPush = { supported: false, permission: "unsupported" as const };
const subscribed = { registered: true, permission: "granted" as const };

function stateOf(changes: Partial<Situation>) {
  const { settings: _, ...state } = { settings: undefined, ...decide({ ...normal, ...changes }) };
  return state;
}

describe("decide", () => {
  it.each<[string, Partial<Situation>, ReturnType<typeof stateOf>]>([
    ["an ordinary visit", {}, { kind: "ready" }],
    ["permission without a registration", { permission: "granted" }, { kind: "ready" }],
    ["a service where proofs are welcome", asking("optional"), { kind: "ready" }],
    ["a subscriber", subscribed, { kind: "subscribed" }],
    ["a subscriber without a network", { ...subscribed, online: false }, { kind: "subscribed" }],
    [
      "a subscriber of a service that asks for proofs",
      { ...subscribed, ...asking("required") },
      { kind: "subscribed" },
    ],
    ["a service that enrols on its own site", asking("required"), { kind: "ownSite" }],
    ["the same on an iPhone", { ...asking("required"), ...on("safariOnIphone") }, { kind: "ownSite" }],
    ["no such service", { service: { kind: "missing" } }, { kind: "missing" }],
    ["no such service any more", { ...subscribed, service: { kind: "missing" } }, { kind: "missing" }],
    ["no answer", { service: { kind: "unreachable" } }, { kind: "unreachable" }],
    ["no network, never been here", { service: { kind: "unreachable" }, online: false }, { kind: "offline" }],
    ["no network, not subscribed", { online: false }, { kind: "offline" }],
    ["plain http", { secure: false, ...withoutPush }, { kind: "insecure" }],
    ["no push", withoutPush, { kind: "unsupported" }],
    ["a private window", { privateWindow: true, ...withoutPush }, { kind: "privateWindow" }],
  ])("%s", (_, changes, state) => expect(stateOf(changes)).toEqual(state));

  it.each<[keyof typeof agents, Partial<Situation>, ReturnType<typeof stateOf>]>([
    ["safariOnIphone", withoutPush, { kind: "addToHomeScreen", tablet: false }],
    ["safariOnIpad", withoutPush, { kind: "addToHomeScreen", tablet: true }],
    ["ipadAskingForDesktopPages", withoutPush, { kind: "oldSystem" }],
    ["oldIphone", withoutPush, { kind: "oldSystem" }],
    ["oldIphone", { ...withoutPush, installed: true }, { kind: "oldSystem" }],
    ["chromeOnIphone", withoutPush, { kind: "otherBrowser", browser: "Chrome" }],
    ["firefoxOnIphone", withoutPush, { kind: "otherBrowser", browser: "Firefox" }],
    ["duckDuckGoOnIphone", withoutPush, { kind: "otherBrowser", browser: "DuckDuckGo" }],
    ["appWindowOnIphone", withoutPush, { kind: "otherBrowser", browser: undefined }],
    ["homeScreenApp", { installed: true }, { kind: "ready" }],
    ["homeScreenApp", { installed: true, ...subscribed }, { kind: "subscribed" }],
  ])("on %s, %j", (agent, changes, state) => expect(stateOf({ ...on(agent), ...changes })).toEqual(state));

  it.each<[keyof typeof agents, boolean, string]>([
    ["edge", false, "chrome"],
    ["edge", true, "installedDesktop"],
    ["chromeOnAndroid", false, "chromeAndroid"],
    ["chromeOnAndroid", true, "installedAndroid"],
    ["samsung", false, "samsung"],
    ["firefox", false, "firefox"],
    ["firefoxOnAndroid", false, "firefoxAndroid"],
    ["safariOnMac", false, "safari"],
    ["homeScreenApp", true, "homeScreen"],
    ["unknown", false, "other"],
  ])("blocked on %s (installed: %s) is undone by %s", (agent, installed, remedy) =>
    expect(stateOf({ ...on(agent), installed, permission: "denied" })).toEqual({ kind: "denied", remedy }),
  );

  it("shows a former subscriber who blocks notifications how to undo that", () =>
    expect(stateOf({ registered: true, permission: "denied" })).toMatchObject({ kind: "denied" }));
});

describe("canBeSubscribed", () => {
  it.each<[string, Partial<Situation>, boolean]>([
    ["an ordinary visit", {}, true],
    ["a visit that is blocked now, but may have been a subscriber's", { permission: "denied" }, true],
    ["a visit without a network", { online: false }, true],
    ["an app on an iPhone", { ...on("homeScreenApp"), installed: true }, true],
    ["Safari on an iPhone", on("safariOnIphone"), false],
    ["plain http", { secure: false }, false],
    ["no push", withoutPush, false],
  ])("%s", (_, changes, possible) => expect(canBeSubscribed({ ...normal, ...changes })).toBe(possible));
});
