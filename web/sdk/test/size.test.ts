import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test } from "vitest";

const LIMIT_BYTES = 8 * 1024;

test("the page library stays within 8 KB gzipped", async () => {
  const outputs = await build({
    root: fileURLToPath(new URL("..", import.meta.url)),
    logLevel: "silent",
    build: { write: false },
  });
  const chunks = (Array.isArray(outputs) ? outputs : [outputs]).flatMap(built =>
    "output" in built ? built.output : [],
  );
  const library = chunks.find(({ fileName }) => fileName === "pushbell.js");
  expect(library?.type).toBe("chunk");
  expect(gzipSync((library as { code: string }).code).length).toBeLessThanOrEqual(LIMIT_BYTES);
});
