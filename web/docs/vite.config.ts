import { defineConfig } from "vite";

export default defineConfig({
  base: "/docs/",
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: false },
});
