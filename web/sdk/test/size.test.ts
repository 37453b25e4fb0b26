import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test } from "vitest";

test.each([
  ["pushbell.js", "vite.config.ts", 8],
  ["pushbell.classic.js", "vite.config.ts", 8],
  ["pushbell-sw.js", "vite.worker.config.ts", 4],
])("%s of %s stays within %i KB gzipped", async (file, config, kilobytes) => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const outputs = await build({ root, configFile: root + config, logLevel: "silent", build: { write: false } });
  const chunks = (Array.isArray(outputs) ? outputs : [outputs]).flatMap(built =>
    "output" in built ? built.output : [],
  );
  const built = chunks.find(({ fileName }) => fileName === file);
  expect(built?.type).toBe("chunk");
  expect(gzipSync((built as { code: string }).code).length).toBeLessThanOrEqual(kilobytes * 1024);
});
