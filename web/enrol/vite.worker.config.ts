import { defineConfig } from "vite";

/** The page's service worker: one classic script, because that is what every browser with push takes. */
export default defineConfig({
  build: {
    target: "es2022",
    sourcemap: true,
    emptyOutDir: false,
    copyPublicDir: false,
    lib: {
      entry: "src/worker/index.ts",
      name: "EnrolWorker",
      formats: ["iife"],
      fileName: () => "sw.js",
    },
  },
});
