using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi.Clients;

/// <summary>NSwag's client on HttpClient and System.Text.Json, built as a project of its own without any package.</summary>
internal static class CSharpClient
{
    private const string Program = """
        static string Setting(string name) => System.Environment.GetEnvironmentVariable(name)!;

        using var http = new System.Net.Http.HttpClient();
        http.DefaultRequestHeaders.Add("X-Secret-Key", Setting("SECRET_KEY"));
        http.DefaultRequestHeaders.Add("X-Api-Key", Setting("API_KEY"));

        var push = await new V2.PushbellClient(http) { BaseUrl = Setting("BASE_URL") }.SendAsync(
            idempotency_Key: "typed-1",
            new V2.SendBody
            {
                Title = "Typed",
                Body = "By /v2",
                Target_user_emails = ["guest@example.com"],
                Urgency = V2.SendBodyUrgency.High,
                Data = new { order = 7 },
            }
        );
        V2.SendAnswerStatus status = push.Status;
        System.Console.WriteLine($"v2 {(status == V2.SendAnswerStatus.Completed ? "completed" : status)} {push.Successful_sends}");

        var send = await new V1.PushbellClient(http) { BaseUrl = Setting("BASE_URL") }.SendAsync(
            idempotency_Key: "typed-2",
            new V1.SendBody { Email = "guest@example.com", Title = "Typed", Body = "By /v1" }
        );
        System.Console.WriteLine($"v1 {send.Sent} {send.Failed}");
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseAppHost>false</UseAppHost>
            <UseSharedCompilation>false</UseSharedCompilation>
          </PropertyGroup>
        </Project>
        """;

    /// <returns>What the program has to say of its answers.</returns>
    public static async Task<string> SendAsync(RunningServer server)
    {
        using var folder = new ClientFolder(server);
        foreach (var name in new[] { "v1", "v2" })
        {
            await folder.RunAsync(
                Repository.PathOf("web/node_modules/.bin/nswag"),
                "openapi2csclient",
                "/runtime:Net100",
                $"/input:{ClientFolder.Document(name)}",
                $"/output:{name}.cs",
                $"/namespace:{name.ToUpperInvariant()}",
                "/className:PushbellClient",
                "/jsonLibrary:SystemTextJson",
                // Before version 9 it could not give the members of an enumeration their own names.
                "/jsonLibraryVersion:10",
                "/generateNullableReferenceTypes:true",
                "/operationGenerationMode:SingleClientFromOperationId"
            );
        }

        await folder.WriteAsync("send.csproj", Project);
        await folder.WriteAsync("send.cs", Program);
        await folder.RunAsync("dotnet", "build", "--nologo", "--output", "out");
        return await folder.RunAsync("dotnet", "out/send.dll");
    }
}
