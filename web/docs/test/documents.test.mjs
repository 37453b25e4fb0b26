import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { open } from "./document.mjs";

describe.each(["v1", "v2", "manage"])("%s.json", name => {
  const file = new URL(`../../../src/Pushbell.Server/openapi/${name}.json`, import.meta.url);
  const document = JSON.parse(readFileSync(file, "utf8"));
  const { operations, resolve, problems } = open(document);

  it("is OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it.each(operations)("$id has examples, and they are what their schemas say", ({ operation }) => {
    const bodies = operation.requestBody ? [operation.requestBody] : [];
    for (const [status, answer] of Object.entries(operation.responses)) {
      const resolved = resolve(answer);
      // The operations of /manage speak for themselves: their answers are the dashboard's, not copied from an example.
      if (status.startsWith("2") && name !== "manage")
        expect(Object.keys(resolved.content["application/json"].examples)).not.toEqual([]);
      bodies.push(resolved);
    }
    for (const { content } of bodies.filter(body => body.content?.["application/json"])) {
      const { schema, examples } = content["application/json"];
      for (const [example, { value }] of Object.entries(examples ?? {}))
        expect(problems(schema, value), example).toEqual([]);
    }
  });
});
