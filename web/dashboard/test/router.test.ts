import { describe, expect, it } from "vitest";
import { choose, href, match, readPlace } from "../src/app/router";
import { routes } from "../src/app/routes";

describe("readPlace", () => {
  it.each([
    ["", "/", {}],
    ["#/", "/", {}],
    ["#/org_1/members", "/org_1/members", {}],
    ["#org_1//members/", "/org_1/members", {}],
    ["#/a/b?status=active&search=x%3Fy", "/a/b", { status: "active", search: "x?y" }],
  ])("of %s", (hash, path, query) => {
    const place = readPlace(hash);
    expect(place.path).toBe(path);
    expect(Object.fromEntries(place.query)).toEqual(query);
  });
});

describe("href", () => {
  it("leaves out what has no value", () =>
    expect(href("/a", { status: "active", search: "", page: undefined })).toBe("#/a?status=active"));

  it("comes back through readPlace", () => {
    const { path, query } = readPlace(href("/org_1/clients", { search: "a b&c=d?#é" }));
    expect([path, query.get("search")]).toEqual(["/org_1/clients", "a b&c=d?#é"]);
  });
});

describe("match", () => {
  it.each([
    ["/account", "/account", {}],
    ["/account", "/accounts", undefined],
    ["/:organization/members", "/org_1/members", { organization: "org_1" }],
    ["/:organization/members", "/org_1/members/2", undefined],
    ["/link/:token", "/link/a%2Fb", { token: "a/b" }],
    ["/link/:token", "/link/%", { token: "%" }],
    ["/:organization", "/", undefined],
  ])("%s against %s", (pattern, path, params) => expect(match(pattern, path)).toEqual(params));
});

describe("the routes", () => {
  const patternOf = (path: string) => {
    const found = choose(routes, path);
    return found && routes.find(({ page }) => page === found.page)?.pattern;
  };

  it("are each reached by an address of their own", () => {
    for (const { pattern } of routes) {
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => `${name}_1`);
      expect(patternOf(path), path).toBe(pattern);
    }
  });

  it("know nothing else", () => {
    for (const path of ["/", "/org_1/nothing", "/org_1/svc_1/nothing", "/org_1/svc_1/settings/keys/more"]) {
      expect(choose(routes, path), path).toBeUndefined();
    }
  });
});
