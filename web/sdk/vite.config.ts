import { defineConfig } from "vite";

/** The page library, twice: as an ES module and, for a plain script tag, as the global `Pushbell`. */
export default defineConfig({
  build: {
    target: "es2022",
    sourcemap: true,
    lib: {
      entry: "src/page/index.ts",
      name: "Pushbell",
      formats: ["es", "iife"],
      fileName: format => (format === "es" ? "pushbell.js" : "pushbell.classic.js"),
    },
  },
});
