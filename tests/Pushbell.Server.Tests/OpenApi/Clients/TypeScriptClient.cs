using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi.Clients;

/// <summary>The types from openapi-typescript, used by openapi-fetch, checked by the strictest settings of <c>web/</c>.</summary>
internal static class TypeScriptClient
{
    private const string Program = """
        import createClient from "openapi-fetch";
        import type { paths as V1 } from "./v1.js";
        import type { components, paths as V2 } from "./v2.js";

        const { BASE_URL: baseUrl = "", SECRET_KEY: secretKey = "", API_KEY: apiKey = "" } = process.env;

        const v2 = createClient<V2>({ baseUrl, headers: { "X-Secret-Key": secretKey } });
        const push = await v2.POST("/v2/push/send", {
          body: { title: "Typed", body: "By /v2", target_user_emails: ["guest@example.com"], urgency: "high", data: { order: 7 } },
        });
        if (!push.data) throw new Error(push.error.detail ?? JSON.stringify(push.error));
        const status: components["schemas"]["SendAnswer"]["status"] = push.data.status;
        console.log(`v2 ${status} ${push.data.successful_sends}`);

        const v1 = createClient<V1>({ baseUrl, headers: { "X-Api-Key": apiKey } });
        const send = await v1.POST("/v1/send", { body: { email: "guest@example.com", title: "Typed", body: "By /v1" } });
        if (!send.data) throw new Error(JSON.stringify(send.error));
        console.log(`v1 ${send.data.sent} ${send.data.failed}`);
        """;

    private const string Settings = """
        {
          "extends": "./web/tsconfig.base.json",
          "compilerOptions": { "lib": ["ES2022", "DOM", "DOM.Iterable"], "types": ["node"], "noEmit": false, "outDir": "out" },
          "include": ["*.ts"]
        }
        """;

    /// <returns>What the program has to say of its answers.</returns>
    public static async Task<string> SendAsync(RunningServer server)
    {
        using var folder = new ClientFolder(server);
        folder.Link("web", Repository.PathOf("web"));
        folder.Link("node_modules", Repository.PathOf("web/node_modules"));
        foreach (var name in new[] { "v1", "v2" })
        {
            await folder.RunAsync(
                Repository.PathOf("web/clients/node_modules/.bin/openapi-typescript"),
                ClientFolder.Document(name),
                $"--output={name}.ts",
                // A field with a default is still one that a sender may leave out, and custom data is any object.
                "--default-non-nullable=false",
                "--empty-objects-unknown"
            );
        }

        await folder.WriteAsync("package.json", """{ "type": "module" }""");
        await folder.WriteAsync("tsconfig.json", Settings);
        await folder.WriteAsync("send.ts", Program);
        await folder.RunAsync(Repository.PathOf("web/node_modules/.bin/tsc"));
        return await folder.RunAsync("node", "out/send.js");
    }
}
