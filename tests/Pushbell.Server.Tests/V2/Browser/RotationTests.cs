using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.Cli;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>
/// A service changes its VAPID pair without losing anybody. The local push service takes a message only if it is signed with the very
/// key that the subscription was made with, as the real ones do.
/// </summary>
public sealed class RotationTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private PageCalls page = null!;

    private Terminal Terminal => Terminal.Beside(server);

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        page = new PageCalls(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Rotate_EverybodyIsStillReached_EachWithTheKeyOfHisOwn()
    {
        var old = await CurrentAsync();
        var before = await RegisterAsync(old);

        await Terminal.JsonAsync("vapid", "rotate");
        var current = await CurrentAsync();
        var after = await RegisterAsync(current);
        var late = await RegisterAsync(old, named: old);

        current.ShouldNotBe(old);
        var sent = await new Api(server).PostAsync("/broadcast", new { title = "T", body = "B" });
        sent.Number("successful_sends").ShouldBe(3);
        new[] { before, after, late }.ShouldAllBe(client => client.Subscription.MessageCount == 1);
        await ShouldListAsync((current, "current", 1), (old, "in use", 2));
    }

    [Fact]
    public async Task Rotate_DuringABroadcast_LosesNobody()
    {
        var old = await CurrentAsync();
        var clients = new List<RegisteredClient>();
        while (clients.Count < 120)
        {
            clients.Add(await RegisterAsync(old));
        }

        var sent = await new Api(server).PostAsync("/broadcast", new { title = "T", body = "B" });
        await Terminal.JsonAsync("vapid", "rotate");

        sent.Text("status").ShouldBe("queued");
        (await new Api(server).CompletedAsync(sent.Text("request_id")!)).Number("successful_sends").ShouldBe(120);
        clients.ShouldAllBe(client => client.Subscription.MessageCount == 1);
    }

    [Fact]
    public async Task Change_NamingTheKeyThatTheSubscriptionWasMadeWith_ReachesIt()
    {
        var old = await CurrentAsync();
        await RegisterAsync(old);
        await Terminal.JsonAsync("vapid", "rotate");
        // It does not say so, and is taken to be made with the current one, which its push service refuses.
        var client = await RegisterAsync(old);
        (await new Api(server).SendAsync([client])).Number("failed_sends").ShouldBe(1);

        (await page.ChangeAsync(client.Id, client.Token, new { vapid_public_key = old })).Status.ShouldBe(200);

        (await new Api(server).SendAsync([client])).Number("successful_sends").ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeat_AfterARotation_AsksForANewSubscription_AndTheOldKeyRetiresWithTheLast()
    {
        var old = await CurrentAsync();
        var (first, second) = (await RegisterAsync(old), await RegisterAsync(old));
        await Terminal.JsonAsync("vapid", "rotate");
        var current = await CurrentAsync();

        var beat = await page.BeatAsync(first.Id, first.Token);
        beat.Text("status").ShouldBe("active");
        beat.Json.GetProperty("needs_subscription").GetBoolean().ShouldBeTrue();
        await RenewAsync(first, current);
        (await page.BeatAsync(first.Id, first.Token)).Json.GetProperty("needs_subscription").GetBoolean().ShouldBeFalse();
        (await Terminal.RunAsync("vapid", "retire", old)).ShouldFail(1, "1 active registration still uses this VAPID key");
        await ShouldListAsync((current, "current", 1), (old, "in use", 1));

        await page.UnregisterAsync(second.Id, second.Token);
        await ShouldListAsync((current, "current", 1), (old, "retired", 0));
        (await Terminal.RunAsync("vapid", "retire", old)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Register_SameSubscriptionAgainAfterARotation_KeepsItsKey()
    {
        var old = await CurrentAsync();
        var client = await RegisterAsync(old);
        await Terminal.JsonAsync("vapid", "rotate");

        (await page.RegisterAsync(new { subscription = PageCalls.Json(client.Subscription) })).Status.ShouldBe(201);

        (await new Api(server).SendAsync([client])).Number("successful_sends").ShouldBe(1);
    }

    [Fact]
    public async Task Register_WithAnUnknownOrRetiredKey_Is400_AndNothingChanges()
    {
        var retired = await CurrentAsync();
        await Terminal.JsonAsync("vapid", "rotate");
        var foreign = VapidKeys.Generate().PublicKey;
        var before = await DatabaseContents.ReadAsync(server);

        foreach (var (key, sentence) in new[] { (foreign, "none of this service"), (retired, "is retired") })
        {
            var reply = await page.RegisterAsync(new { subscription = PageCalls.Json(server.PushService.CreateSubscription(key)), vapid_public_key = key });

            reply.Status.ShouldBe(400);
            reply.Body.ShouldContain(sentence);
        }

        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
    }

    [Fact]
    public async Task Import_OfAPair_MakesItCurrent_AndReachesSubscriptionsMadeWithItElsewhere()
    {
        using var folder = new TemporaryFolder();
        var pair = VapidKeys.Generate();
        var file = Path.Combine(folder.Path, "private.key");
        await File.WriteAllTextAsync(file, System.Buffers.Text.Base64Url.EncodeToString(pair.ExportPrivateKey()) + "\n");

        (await Terminal.RunAsync("vapid", "import", "--public-key", VapidKeys.Generate().PublicKey, "--private-key-file", file))
            .ShouldFail(1, "does not belong to the private key");
        await Terminal.JsonAsync("vapid", "import", "--public-key", pair.PublicKey, "--private-key-file", file);

        (await CurrentAsync()).ShouldBe(pair.PublicKey);
        var moved = await RegisterAsync(pair.PublicKey, named: pair.PublicKey);
        (await new Api(server).SendAsync([moved])).Number("successful_sends").ShouldBe(1);
    }

    [Fact]
    public async Task Import_OfAnEarlierPair_BringsItBack()
    {
        using var folder = new TemporaryFolder();
        var pair = VapidKeys.Generate();
        var file = Path.Combine(folder.Path, "private.key");
        await File.WriteAllTextAsync(file, System.Buffers.Text.Base64Url.EncodeToString(pair.ExportPrivateKey()));
        string[] import = ["vapid", "import", "--public-key", pair.PublicKey, "--private-key-file", file];
        await Terminal.JsonAsync(import);
        await Terminal.JsonAsync("vapid", "rotate");

        await Terminal.JsonAsync(import);

        (await CurrentAsync()).ShouldBe(pair.PublicKey);
        var keys = (await Terminal.JsonAsync("vapid", "list")).GetProperty("keys").EnumerateArray().ToArray();
        keys.Count(key => key.Text("state") == "current").ShouldBe(1);
        keys.Count(key => key.Text("public_key") == pair.PublicKey).ShouldBe(1);
    }

    [Fact]
    public async Task Retire_TheCurrentOrAnUnknownOne_IsRefused()
    {
        (await Terminal.RunAsync("vapid", "retire", await CurrentAsync())).ShouldFail(1, "rotate first");
        (await Terminal.RunAsync("vapid", "retire", "BKunknown")).ShouldFail(1, "no VAPID key 'BKunknown'");
    }

    private async Task<string> CurrentAsync() => (await page.GetConfigurationAsync()).Text("vapid_public_key")!;

    /// <param name="key">The key that the browser subscribes with.</param>
    /// <param name="named">The key that it says so; null names none.</param>
    private async Task<RegisteredClient> RegisterAsync(string key, string? named = null)
    {
        var subscription = server.PushService.CreateSubscription(key);
        var reply = await page.RegisterAsync(new { subscription = PageCalls.Json(subscription), vapid_public_key = named });
        reply.Status.ShouldBe(201, reply.Body);
        return new RegisteredClient(reply.Text("registration_id")!, reply.Text("registration_token")!, subscription);
    }

    private async Task RenewAsync(RegisteredClient client, string key)
    {
        VirtualSubscription renewed = server.PushService.CreateSubscription(key);
        (await page.ChangeAsync(client.Id, client.Token, new { subscription = PageCalls.Json(renewed) })).Status.ShouldBe(200);
    }

    private async Task ShouldListAsync(params (string Key, string State, int Count)[] expected)
    {
        var keys = (await Terminal.JsonAsync("vapid", "list")).GetProperty("keys").EnumerateArray().ToArray();
        keys.Select(key => (key.Text("public_key"), key.Text("state"), key.GetProperty("active_registrations").GetInt32())).ShouldBe(expected);
        keys.Sum(key => key.GetProperty("share").GetDouble()).ShouldBe(1, 1e-9);
    }
}
