using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>Commands on the database that a server is serving: it obeys them from the next request on.</summary>
public sealed class BesideARunningServerTests
{
    [Fact]
    public async Task KeyCreateAndRevoke_ByTheExecutable_HoldAtOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var terminal = Terminal.Beside(server);

        var created = (await terminal.RunExecutableAsync("key", "create", "--kind", "secret", "--name", "job", "--json")).Json;
        using var accepted = await CallAsync(server, HttpMethod.Get, "/v2/push/quota", "X-Secret-Key", created.Text("key"));
        var listed = (await terminal.RunExecutableAsync("key", "list", "--json")).Json.GetProperty("keys").EnumerateArray().ToArray();
        var revoked = (await terminal.RunExecutableAsync("key", "revoke", created.Text("key_id"), "--json")).Json;
        using var refused = await CallAsync(server, HttpMethod.Get, "/v2/push/quota", "X-Secret-Key", created.Text("key"));

        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        listed.Length.ShouldBe(4);
        listed[^1].Text("name").ShouldBe("job");
        listed[^1].GetProperty("last_used_at").GetDateTime().ShouldBeGreaterThanOrEqualTo(created.GetProperty("created_at").GetDateTime());
        revoked.Text("key_id").ShouldBe(created.Text("key_id"));
        revoked.GetProperty("revoked_at").ValueKind.ShouldBe(JsonValueKind.String);
        await ShouldBeRefusedAsync(refused, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task RestrictedKey_OutsideItsScopes_IsForbidden()
    {
        await using var server = await RunningServer.StartAsync();
        var key = (await Terminal.Beside(server).JsonAsync("key", "create", "--kind", "restricted", "--scope", "send")).Text("key");

        using var send = await CallAsync(server, HttpMethod.Post, "/v2/push/send", "X-Secret-Key", key, Hello);
        using var quota = await CallAsync(server, HttpMethod.Get, "/v2/push/quota", "X-Secret-Key", key);
        using var clients = await CallAsync(server, HttpMethod.Get, "/v2/push/clients", "X-Secret-Key", key);

        send.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(quota, HttpStatusCode.Forbidden, "FORBIDDEN");
        await ShouldBeRefusedAsync(clients, HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task PlanSet_ByTheExecutable_ChangesQuotaAndService()
    {
        await using var server = await RunningServer.StartAsync();
        var terminal = Terminal.Beside(server);
        await server.RegisterAsync();
        await server.RegisterAsync();

        var set = await terminal.RunExecutableAsync("plan", "set", "custom", "--hourly", "3", "--json");
        using var first = await server.V2Async(HttpMethod.Post, "/send", Hello);
        var quota = await GetAsync(server, "/quota");
        var service = await GetAsync(server, "/service");
        using var second = await server.V2Async(HttpMethod.Post, "/send", Hello);
        await terminal.JsonAsync("plan", "set", "starter");
        using var third = await server.V2Async(HttpMethod.Post, "/send", Hello);
        var starter = await GetAsync(server, "/quota");

        set.Json.Text("plan").ShouldBe("custom");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        quota.GetProperty("hourly_limit").GetInt32().ShouldBe(3);
        quota.GetProperty("hourly_remaining").GetInt32().ShouldBe(1);
        quota.GetProperty("daily_limit").ValueKind.ShouldBe(JsonValueKind.Null);
        quota.GetProperty("daily_remaining").ValueKind.ShouldBe(JsonValueKind.Null);
        service.GetProperty("hourly_notification_limit").GetInt32().ShouldBe(3);
        service.GetProperty("daily_notification_limit").ValueKind.ShouldBe(JsonValueKind.Null);
        await ShouldBeRefusedAsync(second, HttpStatusCode.TooManyRequests, "QUOTA_EXCEEDED");
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        starter.GetProperty("hourly_limit").GetInt32().ShouldBe(100);
        starter.GetProperty("hourly_remaining").GetInt32().ShouldBe(96);
        starter.GetProperty("daily_remaining").GetInt32().ShouldBe(996);
    }

    [Fact]
    public async Task CreditsAdd_ByTheExecutable_ShowsInTheNextSend()
    {
        await using var server = await RunningServer.StartAsync();
        var terminal = Terminal.Beside(server);
        await server.RegisterAsync("ada@example.com");
        var message = new { email = "ada@example.com", title = "Hello", body = "World" };

        using var unmetered = await server.V1Async("/send", message);
        (await terminal.RunExecutableAsync("credits", "add", "5", "--json")).Json.GetProperty("available").GetInt64().ShouldBe(5);
        using var metered = await server.V1Async("/send", message);
        var free = await terminal.JsonAsync("key", "create", "--kind", "api", "--service-to-service");
        using var uncharged = await CallAsync(server, HttpMethod.Post, "/v1/send", "X-Api-Key", free.Text("key"), message);
        var statement = await terminal.JsonAsync("credits", "statement");

        (await CreditsAsync(unmetered)).ShouldBeNull();
        (await CreditsAsync(metered)).ShouldBe(4);
        (await CreditsAsync(uncharged)).ShouldBe(4);
        statement.GetProperty("available").GetInt64().ShouldBe(4);
        statement.GetProperty("held").GetInt64().ShouldBe(0);
        statement.GetProperty("spent").GetInt64().ShouldBe(1);
        statement.GetProperty("topped_up").GetInt64().ShouldBe(5);
        var movements = statement.GetProperty("movements").EnumerateArray().ToArray();
        movements.Select(movement => movement.Text("kind")).ShouldBe(["spend", "hold", "top-up"]);
        movements[0].Text("request_id").ShouldStartWith("req_");
        movements[1].GetProperty("available_after").GetInt64().ShouldBe(4);
        movements[1].GetProperty("held_after").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task ServiceSet_OffAndOn_RefusesAndServes()
    {
        await using var server = await RunningServer.StartAsync();
        var terminal = Terminal.Beside(server);

        await terminal.JsonAsync("service", "set", "--off");
        using var off = await server.V2Async(HttpMethod.Post, "/send", Hello);
        await terminal.JsonAsync("service", "set", "--on");
        using var on = await server.V2Async(HttpMethod.Post, "/send", Hello);

        await ShouldBeRefusedAsync(off, HttpStatusCode.Forbidden, "FORBIDDEN");
        on.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ServiceSet_OfTheContact_IsToldToPushServicesWithinAMinute()
    {
        var clock = new ManualTimeProvider();
        await using var server = await RunningServer.StartAsync(clock);
        var client = await server.RegisterAsync();
        using var before = await server.V2Async(HttpMethod.Post, "/send", Hello);

        await Terminal.Beside(server, clock).JsonAsync("service", "set", "--contact", "new@example.com");
        clock.Advance(TimeSpan.FromMinutes(1));
        using var after = await server.V2Async(HttpMethod.Post, "/send", Hello);

        client.Subscription.Messages.Select(message => SubjectOf(message.Headers["Authorization"]))
            .ShouldBe(["mailto:admin@example.com", "mailto:new@example.com"]);
    }

    [Fact]
    public async Task AnotherTenant_MadeByCommands_RegistersAndSends()
    {
        await using var server = await RunningServer.StartAsync();
        var terminal = Terminal.Beside(server);
        const string origin = "https://bob.example.com";
        var organization = (await terminal.JsonAsync("organization", "create", "--name", "Bob")).Text("organization_id");
        var service = await terminal.JsonAsync("service", "create", "--organization", organization, "--identifier", "bobs-app", "--origin", origin);
        var publishable = await terminal.JsonAsync("key", "create", "--organization", organization, "--kind", "publishable");
        var secret = await terminal.JsonAsync("key", "create", "--organization", organization, "--kind", "secret");
        var subscription = server.PushService.CreateSubscription();
        var registration = new
        {
            subscription = new { endpoint = subscription.Endpoint, keys = new { p256dh = subscription.P256dh, auth = subscription.Auth } },
        };

        using var registered = await CallAsync(
            server, HttpMethod.Post, "/v2/push/registrations", "X-Publishable-Key", publishable.Text("key"), registration, origin);
        using var sent = await CallAsync(server, HttpMethod.Post, "/v2/push/send", "X-Secret-Key", secret.Text("key"), Hello);

        registered.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await RunningServer.JsonOf(sent)).GetProperty("successful_sends").GetInt32().ShouldBe(1);
        var message = subscription.Messages.Single();
        message.DecryptionError.ShouldBeNull();
        message.Headers["Authorization"].ShouldEndWith("k=" + service.Text("vapid_public_key"));
    }

    private static object Hello { get; } = new { title = "Hello", body = "World", target_all = true };

    private static Task<HttpResponseMessage> CallAsync(
        RunningServer server,
        HttpMethod method,
        string path,
        string header,
        string key,
        object? body = null,
        string? origin = null
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(header, key);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return server.Http.SendAsync(request);
    }

    private static async Task<JsonElement> GetAsync(RunningServer server, string path)
    {
        using var response = await server.V2Async(HttpMethod.Get, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await RunningServer.JsonOf(response);
    }

    private static async Task ShouldBeRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        response.StatusCode.ShouldBe(status);
        (await RunningServer.JsonOf(response)).Text("code").ShouldBe(code);
    }

    private static async Task<long?> CreditsAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var credits = (await RunningServer.JsonOf(response)).GetProperty("credits");
        return credits.ValueKind == JsonValueKind.Null ? null : credits.GetInt64();
    }

    /// <summary>The "sub" of the token in <c>vapid t=…, k=…</c> (RFC 8292 §3).</summary>
    private static string SubjectOf(string authorization)
    {
        var token = authorization["vapid t=".Length..authorization.IndexOf(',', StringComparison.Ordinal)];
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement.Text("sub");
    }
}
