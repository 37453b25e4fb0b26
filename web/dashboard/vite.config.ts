import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Served at `/`, with its files under `/dashboard/`. */
export default defineConfig({
  base: "/dashboard/",
  plugins: [react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // The page allows nothing but files of its own origin, no data: addresses.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What most pages share comes in one piece, not in twenty.
      output: { codeSplitting: { groups: [{ name: "parts", test: /\/src\/(api|app|parts)\/[^/]+\.(ts|tsx|css)$/ }] } },
    },
  },
});
