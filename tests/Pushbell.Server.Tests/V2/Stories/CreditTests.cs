using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>"Credits and plan belong to the **organization**: both APIs obey both." One credit per accepted delivery.</summary>
public sealed class CreditTests
{
    [Fact]
    public async Task Send_ToMoreThanCanBePaid_IsRefusedAndSendsNothing()
    {
        await using var server = await StartAsync(credits: 2);
        var people = new[] { await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync() };

        var refused = await new Api(server).SendAsync(people);

        refused.ShouldBe(
            Answer.Error(402, "INSUFFICIENT_CREDITS", "Insufficient credits: 3 devices need 3, 2 left. Top up in the dashboard.")
        );
        people.ShouldAllBe(client => client.Subscription.MessageCount == 0);
        (await CreditsAsync(server)).ShouldBe((2, 0));
        (await new Api(server).GetAsync("/requests")).Body.ShouldBe("""{"requests":[],"next":null}""");
    }

    [Fact]
    public async Task Send_ToOneGone_IsChargedForTheOther()
    {
        await using var server = await StartAsync(credits: 2);
        var (ann, gone) = (await server.RegisterAsync(), await server.RegisterAsync());
        gone.Subscription.Remove();

        (await new Api(server).SendAsync([ann, gone])).Number("successful_sends").ShouldBe(1);

        (await CreditsAsync(server)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Send_WaitingForARetry_KeepsItsHold()
    {
        await using var server = await StartAsync(credits: 1);
        var ann = await server.RegisterAsync();
        ann.Subscription.Script(new ScriptedAnswer { Status = 503, Repeat = true });
        var api = new Api(server);

        (await api.SendAsync([ann])).Text("status").ShouldBe("processing");

        (await CreditsAsync(server)).ShouldBe((0, 1));
        (await api.SendAsync([ann])).Status.ShouldBe(402);
    }

    [Fact]
    public async Task Sends_AllAtOnce_AreNeverOverDebited()
    {
        await using var server = await StartAsync(credits: 10);
        var (api, ann) = (new Api(server), await server.RegisterAsync());

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => api.SendAsync([ann])));

        replies.Count(reply => reply.Status == 200).ShouldBe(10);
        replies.Count(reply => reply.Status == 402).ShouldBe(20);
        (await CreditsAsync(server)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task DryRun_KeepsNothing_NeitherQuotaNorCreditsNorRequests()
    {
        await using var server = await StartAsync(credits: 2);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        var quota = await api.GetAsync("/quota");

        var dry = await api.SendOnceAsync("key-1", [ann], ("dry_run", true));

        dry.Text("status").ShouldBe("dry_run");
        (await api.GetAsync("/quota")).Body.ShouldBe(quota.Body);
        (await api.GetAsync("/requests")).Body.ShouldBe("""{"requests":[],"next":null}""");
        (await CreditsAsync(server)).ShouldBe((2, 0));
        ann.Subscription.MessageCount.ShouldBe(0);
        (await api.SendOnceAsync("key-1", [ann])).ShouldBe(Answer.Sent(1));
    }

    [Fact]
    public async Task DryRun_OfWhatCannotBePaid_SaysSo()
    {
        await using var server = await StartAsync(credits: 0);
        var ann = await server.RegisterAsync();

        (await new Api(server).SendAsync([ann], ("dry_run", true))).ShouldBe(
            Answer.Error(402, "INSUFFICIENT_CREDITS", "Insufficient credits: 1 device needs 1, 0 left. Top up in the dashboard.")
        );
    }

    private static async Task<(long? Available, long? Held)> CreditsAsync(RunningServer server)
    {
        var row = await server.Database.ReadAsync(
            session => session.FirstAsync<Balance>("SELECT credit_available, credit_held FROM organization"),
            CancellationToken.None
        );
        return (row!.CreditAvailable, row.CreditHeld);
    }

    private static Task<RunningServer> StartAsync(int credits) =>
        RunningServer.StartAsync(
            new ManualTimeProvider(),
            ("Pushbell:Bootstrap:Credits", $"{credits}"),
            ("Pushbell:Bootstrap:Plan", "starter"),
            ("Pushbell:Role", "api")
        );

    private sealed record Balance
    {
        public long CreditAvailable { get; init; }

        public long CreditHeld { get; init; }
    }
}
