import { describe, expect, it } from "vitest";
import { failureText } from "../src/failure";
import { readSettings, serviceFolder } from "../src/settings";

describe("serviceFolder", () => {
  it.each([
    ["/pwa/acme", "/pwa/acme/"],
    ["/pwa/acme/", "/pwa/acme/"],
    ["/pwa/acme/settings.json", "/pwa/acme/"],
    ["/pwa/caf%C3%A9/", "/pwa/caf%C3%A9/"],
    ["/pwa/", undefined],
    ["/pwa", undefined],
    ["/enrol/", undefined],
    ["/x/pwa/acme/", undefined],
  ])("of %s is %s", (path, folder) => expect(serviceFolder(path)).toBe(folder));
});

describe("readSettings", () => {
  const json = {
    organization_id: "org_1",
    service_id: "srv_1",
    service_url: "https://push.example.com",
    publishable_key: "pk_1",
    name: "Acme",
    icon: "/pwa/acme/icon.svg",
    colors: { theme: "#123456", background: null },
    identity: "required",
    vapid_public_key: "BA",
  };

  it("takes over what the server says", () =>
    expect(readSettings(200, json)).toEqual({
      kind: "found",
      settings: {
        organizationId: "org_1",
        serviceId: "srv_1",
        serviceUrl: "https://push.example.com",
        publishableKey: "pk_1",
        name: "Acme",
        icon: "/pwa/acme/icon.svg",
        colors: { theme: "#123456", background: undefined },
        identity: "required",
      },
    }));

  it("gets by without colours", () =>
    expect(readSettings(200, { ...json, colors: undefined })).toMatchObject({
      kind: "found",
      settings: { colors: {} },
    }));

  it.each([
    [404, json, "missing"],
    [410, undefined, "missing"],
    [403, undefined, "missing"],
    [503, json, "unreachable"],
    [200, undefined, "unreachable"],
  ])("answers %i as it should", (status, body, kind) => expect(readSettings(status, body)).toEqual({ kind }));
});

describe("failureText", () => {
  it.each([
    [{ code: "PERMISSION_DISMISSED" }, "dismissed"],
    [{ code: "NETWORK_ERROR" }, "network"],
    [{ code: "SUBSCRIBE_FAILED" }, "subscribe"],
    [{ code: "FORBIDDEN", status: 403 }, "refused"],
    [{ code: "INVALID_REQUEST", status: 400 }, "email"],
    [{ code: "ANYTHING", status: 429 }, "tooMany"],
    [{ code: "INTERNAL_ERROR", status: 500 }, "unexpected"],
    [new Error("bug"), "unexpected"],
  ])("of %j is %s", (error, text) => expect(failureText(error)).toBe(text));
});
