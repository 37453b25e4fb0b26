import { createApiReference } from "@scalar/api-reference";
import "@scalar/api-reference/style.css";

createApiReference("#reference", {
  sources: [
    { title: "/v2/push", slug: "v2", url: "/openapi/v2.json", default: true },
    { title: "/v1", slug: "v1", url: "/openapi/v1.json" },
  ],
});
