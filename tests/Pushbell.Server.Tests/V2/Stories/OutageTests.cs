using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>"5xx means nothing was sent and nothing charged. After the first acceptance there is no 5xx any more."</summary>
public sealed class OutageTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Send_WhileTheDatabaseIsLocked_IsUnavailableAndSendsNothing()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        await api.GetAsync("/quota");
        Reply refused;
        await using (await server.Storage.LockAsync())
        {
            refused = await api.SendAsync([ann]);
            (await api.GetAsync("/quota")).Status.ShouldBe(200, "reading goes on");
        }

        refused.ShouldBe(
            Answer.Error(
                503,
                "SERVICE_UNAVAILABLE",
                "Push service temporarily unavailable; nothing was sent and nothing charged. Try again."
            )
        );
        refused.Header("Retry-After").ShouldBe("5");
        server.PushService.Counters.Posts.ShouldBe(0);
        (await api.GetAsync("/requests")).Body.ShouldBe("""{"requests":[],"next":null}""");
        (await api.SendAsync([ann])).ShouldBe(Answer.Sent(1));
    }

    [Fact]
    public async Task Send_AcceptedBeforeTheDatabaseIsLocked_IsAnswered()
    {
        // No worker and no renewal of the lease: both would wait for the lock too.
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Role", "api"), ("Pushbell:Delivery:LeaseSeconds", "60"));
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var sending = api.SendAsync([ann]);
        await Eventually.HoldsAsync(() => Task.FromResult(server.PushService.Counters.Posts == 1));
        Reply sent;
        await using (await server.Storage.LockAsync())
        {
            // The attempt times out while its outcome cannot be written; the answer does not wait for that.
            clock.Advance(TimeSpan.FromSeconds(20));
            sent = await sending;
        }

        (sent.Status, sent.Text("status")).ShouldBe((200, "processing"));
        (await api.GetAsync("/requests/" + sent.Text("request_id"))).Number("pending").ShouldBe(1);
    }
}
