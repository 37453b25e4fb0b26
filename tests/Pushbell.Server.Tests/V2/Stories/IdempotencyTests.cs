using Pushbell.Dispatch.Organizations;
using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>The same Idempotency-Key is the same send: once within 24 hours, answered to the letter.</summary>
public sealed class IdempotencyTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Send_WithTheSameKeyAndBody_IsReplayedToTheLetter()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann, gone) = (new Api(server), await server.RegisterAsync(), await server.RegisterAsync());
        gone.Subscription.Script(new ScriptedAnswer { Status = 410 });

        var first = await api.SendOnceAsync("key-1", [ann, gone]);
        var second = await api.SendOnceAsync("key-1", [ann, gone]);

        first.Text("status").ShouldBe("completed");
        first.Header("Idempotency-Replayed").ShouldBeNull();
        second.Header("Idempotency-Replayed").ShouldBe("true");
        (second.Status, second.Body).ShouldBe((200, first.Body));
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_WithTheSameKeyAndAnotherBodyOrRoute_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        var refused = Answer.Error(
            422,
            "INVALID_REQUEST",
            "This Idempotency-Key was used before with a different request; use a new key for a new request."
        );
        await api.SendOnceAsync("key-1", [ann]);

        (await api.SendOnceAsync("key-1", [ann], ("ttl", 60))).ShouldBe(refused);
        var body = new { title = "T", body = "B" };
        (await api.PostAsync("/broadcast", body, ("Idempotency-Key", "key-2"))).ShouldBe(Answer.Sent(1));
        (await api.PostAsync("/send", body, ("Idempotency-Key", "key-2"))).Status.ShouldBe(400);
        (await api.PostAsync("/send", new { title = "T", body = "B", target_all = true }, ("Idempotency-Key", "key-2"))).ShouldBe(refused);
        ann.Subscription.MessageCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ThatCouldNotBeKept_IsMadeAgainToTheLetter(bool queued)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, gone) = (new Api(server), await server.RegisterAsync());
        gone.Subscription.Script(new ScriptedAnswer { Status = 410 });
        var first = await api.SendOnceAsync("key-1", [gone], ("async_mode", queued));
        await api.CompletedAsync(first.Text("request_id")!);

        await (await Tenant.OfFirstStartAsync(server)).ChangeAsync("UPDATE idempotency SET answer = NULL");

        (await api.SendOnceAsync("key-1", [gone], ("async_mode", queued))).Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task Answer_MadeBeforeTheFirstWasKept_DoesNotStandInForIt()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = 503, RetryAfter = "60" });
        var first = await api.SendOnceAsync("key-1", [ann]);
        first.Text("status").ShouldBe("processing");
        await (await Tenant.OfFirstStartAsync(server)).ChangeAsync("UPDATE idempotency SET answer = NULL");

        (await api.SendOnceAsync("key-1", [ann])).Text("status").ShouldBe("processing");
        await Eventually.HoldsAsync(() => Task.FromResult(ann.Subscription.MessageCount == 1), clock);
        await api.CompletedAsync(first.Text("request_id")!);

        (await api.SendOnceAsync("key-1", [ann])).Text("status").ShouldBe("completed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sends_FiftyAlikeAtOnce_AreOne(bool queued)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.SendOnceAsync("key-1", [ann], ("async_mode", queued))));

        var answered = replies.Where(reply => reply.Status == 200).ToArray();
        answered.Select(reply => reply.Body).Distinct().ShouldHaveSingleItem();
        answered.Count(reply => reply.Header("Idempotency-Replayed") is null).ShouldBe(1);
        replies.Except(answered).ShouldAllBe(reply => reply.Status == 409);
        await api.CompletedAsync(answered[0].Text("request_id")!);
        (await api.GetAsync("/requests")).Json.GetProperty("requests").GetArrayLength().ShouldBe(1);
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_WhileTheFirstIsUnderWay_IsToldToComeBack()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var first = api.SendOnceAsync("key-1", [ann]);
        await Eventually.HoldsAsync(() => Task.FromResult(server.PushService.Counters.Posts == 1));

        var second = await api.SendOnceAsync("key-1", [ann]);

        second.ShouldBe(Answer.Error(409, "INVALID_REQUEST", "A request with this Idempotency-Key is still under way; ask again in a moment."));
        second.Header("Retry-After").ShouldBe("1");
        // The attempt times out after 15 s by the server's clock; its lease is renewed meanwhile.
        await Eventually.HoldsAsync(() => Task.FromResult(first.IsCompleted), clock);
        (await first).Text("status").ShouldBe("processing");
        (await api.SendOnceAsync("key-1", [ann])).Body.ShouldBe((await first).Body);
    }

    [Fact]
    public async Task Key_AfterADay_IsForgotten()
    {
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Role", "api"));
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        var first = await api.SendOnceAsync("key-1", [ann]);

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        (await api.SendOnceAsync("key-1", [ann])).Body.ShouldBe(first.Body);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var later = await api.SendOnceAsync("key-1", [ann]);

        later.Header("Idempotency-Replayed").ShouldBeNull();
        later.Text("request_id").ShouldNotBe(first.Text("request_id"));
        ann.Subscription.MessageCount.ShouldBe(2);
    }

    [Fact]
    public async Task Key_AfterARestart_IsStillKnown()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        var first = await api.SendOnceAsync("key-1", [ann]);

        await server.RestartAsync();
        var second = await api.SendOnceAsync("key-1", [ann]);

        second.Body.ShouldBe(first.Body);
        second.Header("Idempotency-Replayed").ShouldBe("true");
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Key_OfARefusedSend_IsNotUsedUp()
    {
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:Credits", "0"));
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        (await api.SendOnceAsync("key-1", [ann])).Status.ShouldBe(402);
        (await api.SendOnceAsync("key-1", [ann], ("ttl", -1))).Status.ShouldBe(400);

        await (await Tenant.OfFirstStartAsync(server)).ChangeAsync("UPDATE organization SET credit_available = 1 WHERE id = @organization");

        (await api.SendOnceAsync("key-1", [ann])).ShouldBe(Answer.Sent(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_OfAnotherServiceOrOrganization_IsAnother(bool sameOrganization)
    {
        await using var server = await RunningServer.StartAsync(clock);
        var first = await Tenant.OfFirstStartAsync(server);
        var other = sameOrganization ? await first.AddServiceBesideAsync() : await Tenant.AddAsync(server);
        var ann = await server.RegisterAsync(userId: "ann");
        var theirs = await server.RegisterAsync(userId: "ann", key: await other.AddKeyAsync(KeyKind.Publishable));
        var body = new { title = "T", body = "B", target_user_ids = new[] { "ann" } };

        var mine = await new Api(server).PostAsync("/send", body, ("Idempotency-Key", "key-1"));
        var reply = await new Api(server, await other.AddKeyAsync(KeyKind.Secret)).PostAsync("/send", body, ("Idempotency-Key", "key-1"));

        reply.ShouldBe(Answer.Sent(1));
        reply.Text("request_id").ShouldNotBe(mine.Text("request_id"));
        (ann.Subscription.MessageCount, theirs.Subscription.MessageCount).ShouldBe((1, 1));
    }
}
