import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterEach, expect, test, vi } from "vitest";

const LIMIT = 250 * 1024;

/** What comes only where it is looked at: charts, and the drawing of QR codes. */
const LATER = /\/(Chart|qrcode)-[^/]+$/;

afterEach(() => vi.unstubAllEnvs());

test("everything but the charts stays within 250 KB gzipped, and nothing is written into the page", async () => {
  vi.stubEnv("NODE_ENV", "production"); // Tests run on the development copy of React.
  const root = fileURLToPath(new URL("..", import.meta.url));
  const built = await build({
    root,
    configFile: `${root}vite.config.ts`,
    logLevel: "silent",
    build: { write: false },
  });
  const files = (Array.isArray(built) ? built : [built]).flatMap(outcome =>
    "output" in outcome ? outcome.output : [],
  );
  const of = (kind: RegExp) => files.filter(({ fileName }) => kind.test(fileName));
  const bytes = of(/\.(js|css)$/)
    .filter(({ fileName }) => !LATER.test(`/${fileName}`))
    .reduce((sum, file) => sum + gzipSync(file.type === "chunk" ? file.code : file.source).length, 0);
  expect(of(LATER).length).toBeGreaterThanOrEqual(2);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
  const page = String(of(/index\.html$/).map(file => (file.type === "asset" ? file.source : "")));
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=/);
}, 60_000);
