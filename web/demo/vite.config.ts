import { defineConfig } from "vite";

/** The page imports the very file that other sites do, from the server that serves this page. */
export default defineConfig({
  base: "/demo/",
  build: {
    target: "es2022",
    sourcemap: true,
    assetsInlineLimit: 0, // The page allows nothing but files of its own origin, no data: addresses.
    modulePreload: false,
    rolldownOptions: {
      external: ["/sdk/pushbell.js"],
      output: { entryFileNames: "demo.js", assetFileNames: "demo[extname]" },
    },
  },
});
