using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Pushbell.Server.Tests.Cli;
using Pushbell.Server.Tests.V2.Browser;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Hosting;

/// <summary>The server's part of the hosted PWA: whose page it is, and with which key it registers.</summary>
public sealed class PwaTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Settings_OfAService_AreWhatTheSdkNeeds()
    {
        await Terminal.Beside(server).JsonAsync("service", "set", "--theme-color", "#aa0000", "--background-color", "#fff0f0", "--name", "The Shop");
        var tenant = await Tenant.OfFirstStartAsync(server);

        var settings = await JsonAsync("settings.json");

        settings.ShouldBe(
            ("organization_id", tenant.OrganizationId),
            ("service_id", tenant.ServiceId),
            ("service_url", server.Url.GetLeftPart(UriPartial.Authority)),
            ("publishable_key", settings.Text("publishable_key")),
            ("name", "The Shop"),
            ("icon", "/pwa/my-app/icon.svg"),
            ("colors", new { theme = "#aa0000", background = "#fff0f0" }),
            ("identity", "off"),
            ("vapid_public_key", settings.Text("vapid_public_key"))
        );
        settings.Text("vapid_public_key").Length.ShouldBe(87);
    }

    [Fact]
    public async Task PublishableKey_OfThePage_IsMadeOnce_ListedAndRevoked()
    {
        var first = (await JsonAsync("settings.json")).Text("publishable_key");
        (await JsonAsync("settings.json")).Text("publishable_key").ShouldBe(first);
        var terminal = Terminal.Beside(server);
        var listed = (await terminal.JsonAsync("key", "list")).GetProperty("keys").EnumerateArray().Single(key => key.Text("name") == "hosted PWA");
        listed.Text("kind").ShouldBe("publishable");
        (await DatabaseContents.ReadAsync(server)).ShouldNotContain(first);

        await terminal.JsonAsync("key", "revoke", listed.Text("key_id"));

        var second = (await JsonAsync("settings.json")).Text("publishable_key");
        second.ShouldNotBe(first);
        (await RegisterAsync(first, Own)).ShouldBe(401);
        (await RegisterAsync(second, Own)).ShouldBe(201);
    }

    [Fact]
    public async Task Register_FromTheServersOwnAddress_IsAllowed_AndFromElsewhereNot()
    {
        var key = (await JsonAsync("settings.json")).Text("publishable_key");

        (await RegisterAsync(key, Own)).ShouldBe(201);
        (await RegisterAsync(key, RunningServer.Origin)).ShouldBe(201);
        (await RegisterAsync(key, "https://evil.example")).ShouldBe(403);
        // Whoever lets his own name lead here, and so has his Host header agree with his Origin, is still a stranger.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/push/registrations/config");
        request.Headers.Add("X-Publishable-Key", key);
        request.Headers.Add("Origin", "http://evil.example");
        request.Headers.Host = "evil.example";
        using var rebound = await server.Http.SendAsync(request);
        rebound.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Manifest_OfAService_IsInstallable()
    {
        using var response = await server.Http.GetAsync("/pwa/my-app/manifest.webmanifest");
        var manifest = await RunningServer.JsonOf(response);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");
        manifest.Text("name").ShouldBe("My App");
        manifest.Text("display").ShouldBe("standalone");
        new[] { "id", "start_url", "scope" }.ShouldAllBe(field => manifest.Text(field) == "/pwa/my-app/");
        manifest.Text("theme_color").ShouldBe("#1f4fd8");
        manifest.Text("background_color").ShouldBe("#ffffff");
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            using var drawn = await server.Http.GetAsync(icon.Text("src"));
            drawn.StatusCode.ShouldBe(HttpStatusCode.OK, icon.Text("src"));
            drawn.Content.Headers.ContentType!.MediaType.ShouldBe(icon.Text("type"));
            if (icon.Text("type") == "image/png")
            {
                var side = BinaryPrimitives.ReadInt32BigEndian((await drawn.Content.ReadAsByteArrayAsync()).AsSpan(16));
                icon.Text("sizes").ShouldBe($"{side}x{side}");
            }
        }
    }

    [Fact]
    public async Task Page_WithoutItsSlash_IsLedIntoTheScopeOfItsWorker()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Url };

        using var response = await browser.GetAsync("/pwa/my-app?email=me");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe("/pwa/my-app/?email=me");
    }

    [Theory]
    [InlineData("")]
    [InlineData("settings.json")]
    [InlineData("manifest.webmanifest")]
    [InlineData("sw.js")]
    [InlineData("icon.svg")]
    [InlineData("icon.png")]
    public async Task Anything_OfAnUnknownOrSwitchedOffService_Is404InPlainWords(string file)
    {
        using var unknown = await server.Http.GetAsync($"/pwa/nobody/{file}");
        await Terminal.Beside(server).JsonAsync("service", "set", "--off");
        using var off = await server.Http.GetAsync($"/pwa/my-app/{file}");

        foreach (var response in new[] { unknown, off })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            (await response.Content.ReadAsStringAsync()).ShouldContain("There is no app at this address");
        }
    }

    private string Own => server.Url.GetLeftPart(UriPartial.Authority);

    private async Task<JsonElement> JsonAsync(string file)
    {
        using var response = await server.Http.GetAsync($"/pwa/my-app/{file}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await RunningServer.JsonOf(response);
    }

    private async Task<int> RegisterAsync(string key, string origin) =>
        (
            await new PageCalls(server) { Key = key, Origin = origin }.RegisterAsync(
                new { subscription = PageCalls.Json(server.PushService.CreateSubscription()) }
            )
        ).Status;
}
