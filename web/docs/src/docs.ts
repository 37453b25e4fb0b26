import { config } from "zod";

// Before the rest is loaded: its validator would try whether it may compile code, and the page's policy, which says no, would
// say so on the console.
config({ jitless: true });
const { createApiReference } = await import("@scalar/api-reference");

createApiReference("#reference", {
  sources: [
    { title: "/v2/push", slug: "v2", url: "/openapi/v2.json", default: true },
    { title: "/v1", slug: "v1", url: "/openapi/v1.json" },
    { title: "/manage", slug: "manage", url: "/openapi/manage.json" },
  ],
  // A secret key has no business in a web page, and the server refuses one that comes from there.
  hideTestRequestButton: true,
  hideClientButton: true,
  // Nothing but what this server serves.
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  documentDownloadType: "direct",
  orderSchemaPropertiesBy: "preserve",
  orderRequiredPropertiesFirst: false,
  expandAllSchemaProperties: true,
  defaultOpenAllTags: true,
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  metaData: { title: "Pushbell API reference" },
});
