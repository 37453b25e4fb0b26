using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>Answers that would keep, fill or lead away who reads them: the status counts, the rest is not followed, waited for or unpacked.</summary>
public sealed class HostileAnswerTests
{
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(Fault.Drip)]
    [InlineData(Fault.Endless)]
    [InlineData(Fault.Compressed)]
    [InlineData(Fault.HangInBody)]
    public async Task Send_AcceptedWithABodyWithoutEnd_IsAnsweredAtOnce(Fault fault)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = fault });

        // The clock stands still: nothing times out.
        var sent = await api.SendAsync([ann]);

        (sent.Number("successful_sends"), sent.Text("status")).ShouldBe((1, "completed"));
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData(Fault.Drip)]
    [InlineData(Fault.Endless)]
    [InlineData(Fault.Compressed)]
    [InlineData(Fault.HangInBody)]
    public async Task Send_RefusedWithABodyWithoutEnd_IsRejectedWithinAnAttempt(Fault fault)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 400, Fault = fault });
        var start = clock.GetUtcNow();

        var sending = api.SendAsync([ann]);
        await Eventually.HoldsAsync(() => Task.FromResult(sending.IsCompleted), clock);

        var sent = await sending;
        (sent.Number("successful_sends"), sent.Number("failed_sends"), sent.Text("status")).ShouldBe((0, 1, "completed"));
        (clock.GetUtcNow() - start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await api.GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task Send_Redirected_IsRejectedAndNotFollowed()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = Fault.Redirect });

        var sent = await api.SendAsync([ann]);

        sent.Number("failed_sends").ShouldBe(1);
        server.PushService.Counters.SinkPosts.ShouldBe(0);
        server.PushService.Counters.Posts.ShouldBe(1);
        (await api.GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("active");
    }
}
