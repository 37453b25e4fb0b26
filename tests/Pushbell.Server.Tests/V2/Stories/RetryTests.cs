using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>
/// "delivered in the request, counts of the **first attempt**; those that must be retried go on in the background and `status` says
/// `processing`."
/// </summary>
public sealed class RetryTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Send_RefusedForAMoment_IsProcessingAndThenCompleted()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann, bob) = (new Api(server), await server.RegisterAsync(), await server.RegisterAsync());
        bob.Subscription.Script(new ScriptedAnswer { Status = 503 });

        var sent = await api.SendAsync([ann, bob]);

        sent.ShouldBe(
            new Answer(
                200,
                """{"request_id":"<req>","total_targets":2,"successful_sends":1,"failed_sends":0,"invalid_registrations":[],"message":"Notifications are being processed; some deliveries are still pending","status":"processing"}"""
            )
        );
        var request = sent.Text("request_id")!;
        var waiting = await api.GetAsync("/requests/" + request);
        (waiting.Number("pending"), waiting.Number("failed_sends"), waiting.Text("completed_at")).ShouldBe((1, 0, null));

        // The first retry comes within 10 s.
        var completed = await api.CompletedAsync(request, clock);
        (completed.Number("successful_sends"), completed.Number("failed_sends"), completed.Number("pending")).ShouldBe((2, 0, 0));
        (ann.Subscription.MessageCount, bob.Subscription.MessageCount).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Send_AfterRetryAfter_WaitsForItAndCarriesTheTtlThatIsLeft()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann, bob) = (new Api(server), await server.RegisterAsync(), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 429, RetryAfter = "120" });

        var request = (await api.SendAsync([ann], ("ttl", 600))).Text("request_id")!;
        // The whole push service is left alone until then, by this organization.
        var behind = (await api.SendAsync([bob])).Text("request_id")!;
        clock.Advance(TimeSpan.FromSeconds(119));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        server.PushService.Counters.Posts.ShouldBe(1);

        await api.CompletedAsync(request, clock);
        await api.CompletedAsync(behind, clock);
        ann.Subscription.Messages.ShouldHaveSingleItem().Ttl.ShouldBeInRange(440, 480);
        bob.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_WhoseTtlRunsOut_HasFailed()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 503, RetryAfter = "3600", Repeat = true });
        var start = clock.GetUtcNow();

        var request = (await api.SendAsync([ann], ("ttl", 30))).Text("request_id")!;
        var completed = await api.CompletedAsync(request, clock);

        (completed.Number("successful_sends"), completed.Number("failed_sends")).ShouldBe((0, 1));
        completed.Json.GetProperty("outcomes").GetProperty("expired").GetInt32().ShouldBe(1);
        completed.Text("message").ShouldBe("No notification could be delivered");
        (completed.Json.GetProperty("completed_at").GetDateTimeOffset() - start).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45));
        (await api.GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task Send_WithoutTtl_IsTriedOnce()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 503 });

        (await api.SendAsync([ann], ("ttl", 0))).ShouldBe(
            new Answer(
                200,
                """{"request_id":"<req>","total_targets":1,"successful_sends":0,"failed_sends":1,"invalid_registrations":[],"message":"No notification could be delivered","status":"completed"}"""
            )
        );
        ann.Subscription.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Retry_OfOneThatIsGoneByThen_NamesIt()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = Fault.Reset }, new ScriptedAnswer { Status = 410 });

        var request = (await api.SendAsync([ann])).Text("request_id")!;
        var completed = await api.CompletedAsync(request, clock);

        completed.Json.GetProperty("invalid_registrations").ToString().ShouldBe($"[\"{ann.Id}\"]");
        (await api.GetAsync("/clients/" + ann.Id)).Text("status").ShouldBe("expired");
    }
}
