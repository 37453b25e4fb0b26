import { defineConfig } from "vite";

/** The reference of the three APIs, whole: nothing is fetched but these files and the documents. */
export default defineConfig({
  base: "/docs/",
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // The page allows nothing but files of its own origin, no data: addresses.
    modulePreload: false,
    chunkSizeWarningLimit: 2_000, // It comes from the server at hand, and once.
    rolldownOptions: {
      output: { entryFileNames: "docs.js", assetFileNames: "assets/[name]-[hash][extname]" },
    },
  },
});
