using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>What the network does to a message: it is tried again, sent once, and never held against the registration.</summary>
public sealed class NetworkFaultTests
{
    private const string MozillaRoute = "Pushbell:PushServices:Route:updates.push.services.mozilla.com";
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Send_NobodyListens_WaitsAndStaysRegistered()
    {
        var dead = FaultyServers.DeadOrigin();
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:PushServices:Trusted:1", dead));

        await ShouldWaitAsync(server, await server.RegisterAtAsync(subscription => $"{dead}/push/{subscription.Id}"));
    }

    [Fact]
    public async Task Send_HostUnknown_WaitsAndStaysRegistered()
    {
        const string Unknown = "http://push.invalid";
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:PushServices:Trusted:1", Unknown));

        await ShouldWaitAsync(server, await server.RegisterAtAsync(subscription => $"{Unknown}/push/{subscription.Id}"));
    }

    [Fact]
    public async Task Send_CertificateIsWrong_SendsNothingAndStaysRegistered()
    {
        await using var impostor = await FaultyServers.StartPushServiceAsync();
        var route = $"127.0.0.1:{impostor.HttpsUrl.Port} sha256:{new string('0', 64)}";
        await using var server = await RunningServer.StartAsync(clock, (MozillaRoute, route));

        await ShouldWaitAsync(server, await server.RegisterAtAsync(subscription => $"https://updates.push.services.mozilla.com/push/{subscription.Id}"));

        impostor.Counters.ConnectionsOpened.ShouldBeGreaterThan(0);
        impostor.Counters.Posts.ShouldBe(0);
    }

    [Theory]
    [InlineData(Fault.Reset, null)]
    [InlineData(Fault.RefusedStream, null)]
    [InlineData(Fault.Drip, 500)]
    [InlineData(Fault.Endless, 503)]
    [InlineData(Fault.Hang, null)]
    [InlineData(Fault.HangInBody, 500)]
    public async Task Send_FailsOnTheWay_IsAcceptedLaterAndArrivesOnce(Fault fault, int? status)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = fault, Status = status });

        var sending = api.SendAsync([ann]);
        await Eventually.HoldsAsync(() => Task.FromResult(sending.IsCompleted), clock);
        var sent = await sending;
        (sent.Status, sent.Text("status"), sent.Number("failed_sends")).ShouldBe((200, "processing", 0));
        var completed = await api.CompletedAsync(sent.Text("request_id")!, clock);

        completed.Number("successful_sends").ShouldBe(1);
        ann.Subscription.MessageCount.ShouldBe(1);
        server.PushService.Counters.Posts.ShouldBe(2);
        (await api.GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task Send_AnswerIsLostAfterItWasTaken_IsTheOneExtraCopyThatCannotBeAvoided()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = Fault.Reset, Deliver = true });

        var sent = await api.SendAsync([ann]);
        await api.CompletedAsync(sent.Text("request_id")!, clock);

        ann.Subscription.MessageCount.ShouldBe(2);
        var tags = ann.Subscription.Messages.Select(message => message.Text!.Contains($"\"tag\":\"{sent.Text("request_id")}\"", StringComparison.Ordinal));
        tags.ShouldAllBe(same => same, "the second replaces the first unseen");
    }

    [Fact]
    public async Task Send_GoAwayMidBatch_ReachesEverybodyOnce()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, people) = (new Api(server), await server.RegisterChromiumsAsync(60));
        foreach (var client in people.Where((_, at) => at % 10 == 5))
        {
            client.Subscription.Script(new ScriptedAnswer { Fault = Fault.GoAway });
        }

        var sent = await api.SendAsync(people);
        var completed = await api.CompletedAsync(sent.Text("request_id")!, clock);

        completed.Number("successful_sends").ShouldBe(60);
        people.ShouldAllBe(client => client.Subscription.MessageCount == 1);
        server.PushService.Counters.Accepted.ShouldBe(60, "what the connection's end left unprocessed may be asked for again, but nothing is taken twice");
    }

    [Fact]
    public async Task Send_StreamsRefused_AreTriedLaterNotAtOnce()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, people) = (new Api(server), await server.RegisterChromiumsAsync(20));
        foreach (var client in people.Take(5))
        {
            client.Subscription.Script(new ScriptedAnswer { Fault = Fault.RefusedStream });
        }

        var sent = await api.SendAsync(people);
        (sent.Number("successful_sends"), sent.Number("failed_sends"), sent.Text("status")).ShouldBe((15, 0, "processing"));
        server.PushService.Counters.Accepted.ShouldBe(15, "the handler below must not send them again by itself");
        var completed = await api.CompletedAsync(sent.Text("request_id")!, clock);

        completed.Number("successful_sends").ShouldBe(20);
        people.ShouldAllBe(client => client.Subscription.MessageCount == 1);
    }

    [Fact]
    public async Task Send_OneHangs_TheOthersHaveTheirsMeanwhile()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, people) = (new Api(server), new List<RegisteredClient>());
        while (people.Count < 10)
        {
            people.Add(await server.RegisterAsync());
        }

        people[0].Subscription.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var sending = api.SendAsync(people);
        await Eventually.HoldsAsync(() => Task.FromResult(people.Skip(1).All(client => client.Subscription.MessageCount == 1)));
        // An answer that is still on its way when the clock moves on is a timeout.
        await Eventually.HoldsAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            return await server.ValueAsync<int>("SELECT accepted FROM notification") == 9;
        });
        sending.IsCompleted.ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(15));
        await Eventually.HoldsAsync(() => Task.FromResult(sending.IsCompleted), clock);
        (await sending).Number("successful_sends").ShouldBe(9);
        await api.CompletedAsync((await sending).Text("request_id")!, clock);
        people.ShouldAllBe(client => client.Subscription.MessageCount == 1);
    }

    /// <summary>A push service that cannot be reached: the delivery waits, and expires when its TTL ends; the registration stays.</summary>
    private async Task ShouldWaitAsync(RunningServer server, RegisteredClient client)
    {
        var api = new Api(server);
        var sent = await api.SendAsync([client], ("ttl", 20));
        (sent.Status, sent.Text("status"), sent.Number("failed_sends")).ShouldBe((200, "processing", 0));

        var completed = await api.CompletedAsync(sent.Text("request_id")!, clock);

        completed.Json.GetProperty("outcomes").GetProperty("expired").GetInt32().ShouldBe(1);
        (await api.GetAsync("/clients/" + client.Id)).Text("status").ShouldBe("active");
        client.Subscription.MessageCount.ShouldBe(0);
    }
}
