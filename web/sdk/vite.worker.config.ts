import { defineConfig } from "vite";

/** The service worker: one classic script, because that is all `importScripts` can take. */
export default defineConfig({
  build: {
    target: "es2022",
    sourcemap: true,
    emptyOutDir: false,
    lib: {
      entry: "src/worker/index.ts",
      name: "PushbellWorker",
      formats: ["iife"],
      fileName: () => "pushbell-sw.js",
    },
  },
});
