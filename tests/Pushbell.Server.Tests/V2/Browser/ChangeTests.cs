using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>What a page does with the token of its own registration.</summary>
public sealed class ChangeTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private RunningServer server = null!;
    private PageCalls page = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(clock);
        page = new PageCalls(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Change_OfSomeFields_LeavesTheOthers()
    {
        var client = await server.RegisterAsync("me@example.com", "user-1", details: [("language", "de"), ("device_info", new { browser_name = "Firefox" })]);

        var reply = await page.ChangeAsync(client.Id, client.Token, new { is_installed = true, time_zone = "Europe/Berlin" });

        reply.Status.ShouldBe(200);
        reply.Text("user_email").ShouldBe("me@example.com");
        reply.Json.GetProperty("is_installed").GetBoolean().ShouldBeTrue();
        reply.Json.GetProperty("device_info").GetProperty("browser_name").GetString().ShouldBe("Firefox");
        reply.Header("Access-Control-Allow-Origin").ShouldBe(RunningServer.Origin);
        (await TargetsAsync("target_user_ids", "user-1")).ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfThePerson_ReplacesTheWholeOfIt_AndEmptyTextsMakeItNobodys()
    {
        var client = await server.RegisterAsync("first@example.com", "user-1");

        (await page.ChangeAsync(client.Id, client.Token, new { user_email = "second@example.com" })).Text("user_email").ShouldBe("second@example.com");
        (await TargetsAsync("target_user_ids", "user-1")).ShouldBe(0, "the first person's id must not stay with the second");
        (await TargetsAsync("target_user_emails", "second@example.com")).ShouldBe(1);

        (await page.ChangeAsync(client.Id, client.Token, new { user_email = "", user_id = "" })).Text("user_email").ShouldBeNull();
        (await TargetsAsync("target_user_emails", "second@example.com")).ShouldBe(0);
    }

    [Fact]
    public async Task Change_WithATokenAlone_WhereTokensAreNotLookedAt_LeavesThePerson()
    {
        var client = await server.RegisterAsync("me@example.com");

        (await page.ChangeAsync(client.Id, client.Token, new { identity_token = "x.y.z" })).Text("user_email").ShouldBe("me@example.com");
    }

    [Fact]
    public async Task Change_NewSubscription_ReplacesTheOld_AndRevivesAnExpiredRegistration()
    {
        var client = await server.RegisterAsync("me@example.com");
        client.Subscription.Script(new ScriptedAnswer { Status = 410 });
        (await new Api(server).SendAsync([client])).Number("failed_sends").ShouldBe(1);
        (await page.BeatAsync(client.Id, client.Token)).Body.ShouldContain("\"status\":\"expired\"");
        var renewed = server.PushService.CreateSubscription();

        (await page.ChangeAsync(client.Id, client.Token, new { subscription = PageCalls.Json(client.Subscription) })).Text("status").ShouldBe("expired", "it is the same");
        (await page.ChangeAsync(client.Id, client.Token, new { subscription = PageCalls.Json(renewed) })).Text("status").ShouldBe("active");

        (await new Api(server).SendAsync([client])).Number("successful_sends").ShouldBe(1);
        renewed.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfADeregisteredOne_DoesNotBringItBack()
    {
        var client = await server.RegisterAsync("me@example.com");
        await new Api(server).DeleteAsync("/clients/" + client.Id);

        var reply = await page.ChangeAsync(client.Id, client.Token, new { subscription = PageCalls.Json(server.PushService.CreateSubscription()) });

        reply.Text("status").ShouldBe("unregistered");
        (await TargetsAsync("target_user_emails", "me@example.com")).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"user_email":"nobody"}""", "user_email is not an email address.")]
    [InlineData("""{"vapid_public_key":"BKforged"}""", "vapid_public_key is none of this service\u0027s keys; subscribe with the current one.")]
    [InlineData("""{"subscription":{"endpoint":"https://evil.example/push"}}""", "subscription: The key p256dh must be 65 bytes in base64url.")]
    public async Task Change_BadField_IsRefused_AndNothingChanges(string body, string sentence)
    {
        var client = await server.RegisterAsync("me@example.com");
        var before = await DatabaseContents.ReadAsync(server);

        var reply = await page.ChangeAsync(client.Id, client.Token, System.Text.Json.JsonDocument.Parse(body).RootElement);

        reply.Status.ShouldBe(400);
        reply.Text("detail").ShouldBe(sentence);
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
    }

    [Fact]
    public async Task Heartbeat_SetsLastActive_AndIsOnlineForTwoMinutes()
    {
        var client = await server.RegisterAsync("me@example.com");
        clock.Advance(TimeSpan.FromMinutes(10));
        (await ClientAsync(client)).GetProperty("is_online").GetBoolean().ShouldBeFalse();

        var beat = await page.BeatAsync(client.Id, client.Token);

        beat.Status.ShouldBe(200);
        beat.Text("status").ShouldBe("active");
        beat.Json.GetProperty("needs_subscription").GetBoolean().ShouldBeFalse();
        beat.Text("vapid_public_key").ShouldBe((await page.GetConfigurationAsync()).Text("vapid_public_key"));
        (await ClientAsync(client)).GetProperty("is_online").GetBoolean().ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        (await ClientAsync(client)).GetProperty("is_online").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Service_SwitchedOff_RefusesEverything_ButTakingBack()
    {
        var client = await server.RegisterAsync("me@example.com");
        await (await Tenant.OfFirstStartAsync(server)).ChangeAsync("UPDATE service SET is_active = 0 WHERE organization_id = @organization AND id = @service");

        (await page.BeatAsync(client.Id, client.Token)).Status.ShouldBe(403);
        (await page.ChangeAsync(client.Id, client.Token, new { language = "de" })).Status.ShouldBe(403);
        (await page.UnregisterAsync(client.Id, client.Token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Preflight_ForATokensRoute_IsGrantedToAllowedOrigins()
    {
        foreach (var (origin, allowed) in new[] { (RunningServer.Origin, RunningServer.Origin), ("https://evil.example", null) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/v2/push/registrations/reg_0000000000001/receipts");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "PATCH");

            using var response = await server.Http.SendAsync(request);

            ((int)response.StatusCode).ShouldBe(204);
            (response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null).ShouldBe(allowed);
            response.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("PATCH");
            response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        }
    }

    private async Task<System.Text.Json.JsonElement> ClientAsync(RegisteredClient client) => (await new Api(server).GetAsync("/clients/" + client.Id)).Json;

    private async Task<int> TargetsAsync(string by, string whom)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["title"] = "T", ["body"] = "B", [by] = new[] { whom }, ["dry_run"] = true };
        return (await new Api(server).PostAsync("/send", body)).Number("total_targets");
    }
}
