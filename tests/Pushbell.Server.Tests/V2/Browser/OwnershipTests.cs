using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>Whose endpoint it is: what a page must show before it may touch a registration that exists. A refusal changes nothing.</summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private PageCalls page = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        page = new PageCalls(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Register_SameSubscriptionByAnotherAccount_IsReboundUnderTheSameId()
    {
        var first = await server.RegisterAsync("first@example.com");

        var second = await page.RegisterAsync(new { subscription = PageCalls.Json(first.Subscription), user_email = "second@example.com" });

        second.Status.ShouldBe(201);
        second.Text("registration_id").ShouldBe(first.Id);
        second.Text("user_email").ShouldBe("second@example.com");
        (await TargetsAsync("first@example.com")).ShouldBe(0);
        (await TargetsAsync("second@example.com")).ShouldBe(1);
        (await page.BeatAsync(first.Id, first.Token)).Status.ShouldBe(401, "the first account's token");
        (await page.BeatAsync(first.Id, second.Text("registration_token")!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Register_SomeoneElsesEndpointWithOtherKeys_IsRefused_AndNothingChanges()
    {
        var owner = await server.RegisterAsync("owner@example.com");
        var before = await DatabaseContents.ReadAsync(server);

        var reply = await page.RegisterAsync(Foreign(owner));

        reply.Status.ShouldBe(403);
        reply.Text("code").ShouldBe("FORBIDDEN");
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        (await page.BeatAsync(owner.Id, owner.Token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Register_OwnEndpointWithOtherKeysAndItsToken_ReplacesThem()
    {
        var owner = await server.RegisterAsync("owner@example.com");

        var reply = await page.RegisterAsync(Foreign(owner), owner.Token);

        reply.Status.ShouldBe(201);
        reply.Text("registration_id").ShouldBe(owner.Id);
    }

    [Fact]
    public async Task Register_WithTheTokenOfAnotherRegistration_IsRefused()
    {
        var owner = await server.RegisterAsync("owner@example.com");
        var stranger = await server.RegisterAsync("stranger@example.com");

        (await page.RegisterAsync(Foreign(owner), stranger.Token)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Subscribe_V1WithAPublishableKey_NeedsTheKeysToo()
    {
        var owner = await server.RegisterAsync("owner@example.com");
        var before = await DatabaseContents.ReadAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/subscribe");
        request.Headers.Add("X-Api-Key", RunningServer.PublishableKey);
        request.Headers.Add("Origin", RunningServer.Origin);
        request.Content = System.Net.Http.Json.JsonContent.Create(
            new { email = "thief@example.com", subscription = PageCalls.Json(owner.Subscription, server.PushService.CreateSubscription()) }
        );

        using var response = await server.Http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(403);
        (await RunningServer.JsonOf(response)).GetProperty("error").GetString()!.ShouldContain("belongs to another registration");
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
    }

    [Fact]
    public async Task Change_ToAnEndpointOfAnotherRegistration_IsRefused_AndNothingChanges()
    {
        var owner = await server.RegisterAsync("owner@example.com");
        var stranger = await server.RegisterAsync("stranger@example.com");
        var before = await DatabaseContents.ReadAsync(server);

        var reply = await page.ChangeAsync(stranger.Id, stranger.Token, new { subscription = PageCalls.Json(owner.Subscription) });

        reply.Status.ShouldBe(403);
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
    }

    [Theory]
    [InlineData("another registration's token")]
    [InlineData("another tenant's token")]
    [InlineData("a forged token")]
    [InlineData("an unknown id")]
    [InlineData("a foreign origin")]
    public async Task Token_NotThisRegistrations_IsRefusedEverywhere_AndNothingChanges(string what)
    {
        var client = await server.RegisterAsync("me@example.com");
        var beside = await server.RegisterAsync("beside@example.com");
        var other = await Tenant.AddAsync(server);
        var foreign = await server.RegisterAsync("me@example.com", key: await other.AddKeyAsync(Dispatch.Organizations.KeyKind.Publishable));
        var (id, token, origin, status) = what switch
        {
            "another registration's token" => (client.Id, beside.Token, RunningServer.Origin, 401),
            "another tenant's token" => (client.Id, foreign.Token, RunningServer.Origin, 401),
            "a forged token" => (client.Id, client.Token[..^4] + "AAAA", RunningServer.Origin, 401),
            "an unknown id" => ("reg_0000000000001", client.Token, RunningServer.Origin, 401),
            _ => (client.Id, client.Token, "https://evil.example", 403),
        };
        var caller = page with { Origin = origin };
        var before = await DatabaseContents.ReadAsync(server);

        Reply[] replies =
        [
            await caller.ChangeAsync(id, token, new { user_email = "thief@example.com" }),
            await caller.BeatAsync(id, token),
            await caller.UnregisterAsync(id, token),
        ];

        replies.ShouldAllBe(reply => reply.Status == status);
        replies.Select(reply => reply.Body).Distinct().ShouldHaveSingleItem();
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
    }

    [Fact]
    public async Task Register_TwentyFirstDeviceOfAPerson_IsRefused_UntilOneLeaves()
    {
        var devices = new List<RegisteredClient>();
        for (var device = 0; device < 20; device++)
        {
            devices.Add(await server.RegisterAsync("many@example.com", userId: $"user-{device % 2}"));
        }

        var before = await DatabaseContents.ReadAsync(server);
        object Body() => new { subscription = PageCalls.Json(server.PushService.CreateSubscription()), user_email = "Many@example.com" };
        var refused = await page.RegisterAsync(Body());

        refused.Status.ShouldBe(403);
        refused.Body.ShouldContain("20 active devices");
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        (await page.RegisterAsync(new { subscription = PageCalls.Json(devices[0].Subscription), user_email = "many@example.com" }))
            .Status.ShouldBe(201, "one of the twenty");
        var guest = await server.RegisterAsync("guest@example.com");
        (await page.ChangeAsync(guest.Id, guest.Token, new { user_email = "many@example.com" })).Status.ShouldBe(403);

        (await page.UnregisterAsync(devices[1].Id, devices[1].Token)).Status.ShouldBe(200);
        (await page.RegisterAsync(Body())).Status.ShouldBe(201);
    }

    private object Foreign(RegisteredClient owner) =>
        new { subscription = PageCalls.Json(owner.Subscription, server.PushService.CreateSubscription()), user_email = "thief@example.com" };

    private async Task<int> TargetsAsync(string email)
    {
        var reply = await new Api(server).PostAsync("/send", new { title = "T", body = "B", target_user_emails = new[] { email }, dry_run = true });
        return reply.Number("total_targets");
    }
}
