import { defineConfig } from "vite";

/** The page of every service: served under `/pwa/{service}/`, with its files from one place for all of them. */
export default defineConfig({
  base: "/enrol/",
  build: {
    target: ["es2019", "safari13"], // What cannot have push must still be able to say so.
    sourcemap: true,
    assetsInlineLimit: 0, // The page allows nothing but files of its own origin, no data: addresses.
    modulePreload: false,
    rolldownOptions: {
      external: ["/sdk/pushbell.js"],
      // Without hashes: the service worker knows them by name, and the server has browsers ask for a newer one each time.
      output: { entryFileNames: "assets/enrol.js", assetFileNames: "assets/enrol[extname]" },
    },
  },
});
