using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi;

public sealed class DocumentTests
{
    private static readonly string[] Names = ["v1", "v2", "manage"];

    private static readonly string[] OpenRoutes = ["POST /manage/session", "POST /manage/links/look", "POST /manage/links/use"];

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("manage")]
    public async Task Document_Served_IsTheCommittedOne(string name)
    {
        await using var server = await RunningServer.StartAsync();
        var file = Repository.PathOf($"src/Pushbell.Server/openapi/{name}.json");

        var served = await server.Http.GetStringAsync($"/openapi/{name}.json") + "\n";

        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        served.ShouldBe(
            await File.ReadAllTextAsync(file),
            $"{file} is not what the code says now. If the change is meant: "
                + "UPDATE_OPENAPI=1 dotnet test tests/Pushbell.Server.Tests --filter FullyQualifiedName~OpenApi"
        );
    }

    [Fact]
    public async Task Document_OfAnotherName_Is404()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Http.GetAsync("/openapi/v3.json");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Documents_Together_HoldEveryRouteOfTheApis_EachItsOwn()
    {
        await using var server = await RunningServer.StartAsync();
        var mapped = server
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {PathOf(endpoint)}"))
            .ToArray();

        foreach (var name in Names)
        {
            var described = Operations(await ReadAsync(server, name)).Select(operation => operation.Name);

            described.ShouldBe(mapped.Where(route => route.Contains($" /{name}/", StringComparison.Ordinal)), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Operation_EveryOne_IsSaidInFull()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var name in Names)
        {
            var operations = Operations(await ReadAsync(server, name)).ToArray();
            operations.Select(operation => operation.Body.GetProperty("operationId").GetString()).ShouldBeUnique();
            foreach (var (route, operation) in operations)
            {
                Texts(operation, "operationId", "summary", "description").ShouldAllBe(text => text.Length > 0, route);
                operation.GetProperty("tags").GetArrayLength().ShouldBe(1, route);
                // Signing in and using a link are open to all; a manager comes with a session or with a key.
                var schemes = operation.TryGetProperty("security", out var security) ? security.GetArrayLength() : 0;
                schemes.ShouldBeInRange(OpenRoutes.Contains(route) ? 0 : 1, OpenRoutes.Contains(route) ? 0 : name == "manage" ? 2 : 1, route);
                Parameters(operation).ShouldAllBe(parameter => parameter.GetProperty("description").GetString()!.Length > 0, route);

                var statuses = operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToArray();
                statuses.Count(status => status.StartsWith('2')).ShouldBe(1, route);
                string[] expected = operation.TryGetProperty("requestBody", out _) ? ["400", "401", "413", "415", "500", "503"] : ["401", "500", "503"];
                expected.ShouldBeSubsetOf(statuses, route);
                if (route.Contains('{', StringComparison.Ordinal) && !route.Contains("/registrations/", StringComparison.Ordinal))
                {
                    statuses.ShouldContain("404", route);
                }
            }
        }
    }

    [Fact]
    public async Task Schema_EveryOne_AndEveryPropertyOfIt_IsDescribed()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var name in Names)
        {
            var components = (await ReadAsync(server, name)).GetProperty("components");
            var schemas = components.GetProperty("schemas").EnumerateObject().ToArray();
            var properties = schemas.SelectMany(schema =>
                schema.Value.GetProperty("properties").EnumerateObject().Select(property => ($"{schema.Name}.{property.Name}", property.Value))
            );
            var described = schemas.Select(schema => (schema.Name, schema.Value)).Concat(properties);

            described.Where(entry => !entry.Value.TryGetProperty("description", out _)).Select(entry => entry.Item1).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task Schema_OfASend_StatesWhatTheApiHoldsItTo()
    {
        await using var server = await RunningServer.StartAsync();
        var send = (await ReadAsync(server, "v2")).GetProperty("components").GetProperty("schemas").GetProperty("SendBody");
        var properties = send.GetProperty("properties");

        send.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["title", "body"]);
        properties.GetProperty("title").GetProperty("maxLength").GetInt32().ShouldBe(100);
        properties.GetProperty("body").GetProperty("maxLength").GetInt32().ShouldBe(255);
        properties.GetProperty("ttl").GetProperty("minimum").GetInt32().ShouldBe(0);
        properties.GetProperty("ttl").GetProperty("maximum").GetInt32().ShouldBe(2_419_200);
        properties.GetProperty("target_user_emails").GetProperty("maxItems").GetInt32().ShouldBe(10_000);
    }

    [Fact]
    public async Task Docs_WithoutItsSlash_LeadsToThePage_WhichAllowsInlineStylesAndNothingElse()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Http.GetAsync("/docs");
        using var demo = await server.Http.GetAsync("/demo/");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/docs/");
        (await response.Content.ReadAsStringAsync()).ShouldContain("<script type=\"module\"");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'self';");
        policy.ShouldContain("style-src 'self' 'unsafe-inline'");
        policy.ShouldNotContain("script-src");
        demo.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe-inline");
    }

    private static async Task<JsonElement> ReadAsync(RunningServer server, string name)
    {
        using var response = await server.Http.GetAsync($"/openapi/{name}.json");
        return await RunningServer.JsonOf(response);
    }

    private static IEnumerable<(string Name, JsonElement Body)> Operations(JsonElement document) =>
        document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)));

    private static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    private static IEnumerable<string> Texts(JsonElement owner, params IEnumerable<string> names) => names.Select(name => owner.GetProperty(name).GetString()!);

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}
