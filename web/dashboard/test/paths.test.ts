import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mine, organizationPaths, servicePaths } from "../src/api/paths";

const file = new URL("../../../src/Pushbell.Server/openapi/manage.json", import.meta.url);
const document = JSON.parse(readFileSync(file, "utf8")) as { paths: Record<string, object> };
const known = Object.keys(document.paths);

/** Fills the functions among them with something that no other part of a path is. */
function all(paths: object): [string, string][] {
  return Object.entries(paths).map(([name, path]) => [
    name,
    String(typeof path === "function" ? (path as (...ids: unknown[]) => string)("ID", {}) : path),
  ]);
}

const fits = (path: string) => (template: string) =>
  new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(`/manage${path.split("?")[0]}`);

describe.each([
  ["an account", mine],
  ["an organization", organizationPaths("org_1")],
  ["a service", servicePaths("org_1", "svc_1")],
])("the paths of %s", (_, paths) => {
  it.each(all(paths))("%s is one of the API's", (_name, path) => expect(known.filter(fits(path))).not.toEqual([]));
});

it("ids are put into paths as they are", () =>
  expect(servicePaths("org/1", "a b").client("x?y")).toBe("/organizations/org%2F1/services/a%20b/clients/x%3Fy"));
