using System.Net.Http.Json;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>What one address may ask for in any 60 seconds, behind a proxy that is believed.</summary>
public sealed class AddressLimitTests : IAsyncLifetime
{
    private const string Here = "192.0.2.1", Elsewhere = "192.0.2.2";
    private readonly ManualTimeProvider clock = new();
    private RunningServer server = null!;
    private PageCalls page = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(
            clock,
            ("Pushbell:TrustedProxies:0", "127.0.0.0/8"),
            ("Pushbell:Limits:RegistrationsPerAddressPerMinute", "3"),
            ("Pushbell:Limits:RegistrationsPerEmailPerMinute", "2"),
            ("Pushbell:Limits:PageRequestsPerAddressPerMinute", "4")
        );
        page = new PageCalls(server) { Address = Here };
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Register_BeyondTheLimitOfAnAddress_Is429_AndOnlyThere()
    {
        await RegisterAsync(page, 3);
        clock.Advance(TimeSpan.FromSeconds(20));
        var before = await DatabaseContents.ReadAsync(server);

        var refused = await page.RegisterAsync(Body());

        refused.Status.ShouldBe(429);
        refused.Text("code").ShouldBe("RATE_LIMITED");
        refused.Text("detail").ShouldBe("Rate limit exceeded: at most 3 registrations per minute from this address.");
        refused.Header("Retry-After").ShouldBe("40");
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        (await (page with { Address = Elsewhere }).RegisterAsync(Body())).Status.ShouldBe(201);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await page.RegisterAsync(Body())).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Register_AtAnotherService_HasALimitOfItsOwn()
    {
        await RegisterAsync(page, 3);
        var other = await Tenant.AddAsync(server);

        var reply = await (page with { Key = await other.AddKeyAsync(Dispatch.Organizations.KeyKind.Publishable) }).RegisterAsync(Body());

        reply.Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", 429)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", 201)]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9", 429)]
    public async Task Register_IPv6_CountsByNetwork(string first, string second, int status)
    {
        await RegisterAsync(page with { Address = first }, 3);

        (await (page with { Address = second }).RegisterAsync(Body())).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Register_OnePersonFromManyAddresses_Is429()
    {
        (await page.RegisterAsync(Body("target@example.com"))).Status.ShouldBe(201);
        (await (page with { Address = Elsewhere }).RegisterAsync(Body("Target@example.com"))).Status.ShouldBe(201);

        var refused = await (page with { Address = "192.0.2.3" }).RegisterAsync(Body(" target@example.com"));

        refused.Status.ShouldBe(429);
        refused.Body.ShouldContain("at most 2 registrations per minute for this email");
    }

    [Fact]
    public async Task Token_BeyondTheLimitOfAnAddress_Is429_EvenWithAWrongOne()
    {
        var client = await RegisteredAsync();
        for (var guess = 0; guess < 4; guess++)
        {
            (await page.BeatAsync(client.Text("registration_id")!, "rt_wrong")).Status.ShouldBe(401);
        }

        (await page.BeatAsync(client.Text("registration_id")!, client.Text("registration_token")!)).Status.ShouldBe(429);
        (await page.GetConfigurationAsync()).Status.ShouldBe(429);
        (await (page with { Address = Elsewhere }).BeatAsync(client.Text("registration_id")!, client.Text("registration_token")!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Subscribe_V1_IsLimitedForPages_InItsOwnForm_AndNotForBackends()
    {
        for (var device = 0; device < 3; device++)
        {
            (await SubscribeAsync(RunningServer.PublishableKey, RunningServer.Origin)).Status.ShouldBe(201);
        }

        var refused = await SubscribeAsync(RunningServer.PublishableKey, RunningServer.Origin);

        refused.Status.ShouldBe(429);
        refused.Body.ShouldBe("""{"error":"Rate limit exceeded: at most 3 registrations per minute from this address."}""");
        refused.Header("Retry-After").ShouldBe("60");
        for (var device = 0; device < 5; device++)
        {
            (await SubscribeAsync(RunningServer.ApiKey, origin: null)).Status.ShouldBe(201);
        }
    }

    [Fact]
    public async Task ForwardedFor_OfAProxyThatIsNotTrusted_IsNotBelieved()
    {
        await using var open = await RunningServer.StartAsync(clock, ("Pushbell:TrustedProxies:0", "10.0.0.1"), ("Pushbell:Limits:RegistrationsPerAddressPerMinute", "1"));
        var liar = new PageCalls(open) { Address = Here };
        object Body() => new { subscription = PageCalls.Json(open.PushService.CreateSubscription()) };
        (await liar.RegisterAsync(Body())).Status.ShouldBe(201);

        (await (liar with { Address = Elsewhere }).RegisterAsync(Body())).Status.ShouldBe(429);
    }

    private async Task RegisterAsync(PageCalls from, int count)
    {
        for (var device = 0; device < count; device++)
        {
            (await from.RegisterAsync(Body())).Status.ShouldBe(201);
        }
    }

    private async Task<Reply> RegisteredAsync()
    {
        var reply = await page.RegisterAsync(Body());
        reply.Status.ShouldBe(201);
        return reply;
    }

    private object Body(string? email = null) => new { subscription = PageCalls.Json(server.PushService.CreateSubscription()), user_email = email };

    private async Task<Reply> SubscribeAsync(string key, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/subscribe");
        request.Headers.Add("X-Api-Key", key);
        request.Headers.Add("X-Forwarded-For", Here);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        var email = $"{Guid.NewGuid():N}@example.com";
        request.Content = JsonContent.Create(new { email, subscription = PageCalls.Json(server.PushService.CreateSubscription()) });
        using var response = await server.Http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );
    }
}
