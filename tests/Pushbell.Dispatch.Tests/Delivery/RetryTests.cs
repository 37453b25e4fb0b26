using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class RetryTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 50);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Send_ThrottledWithRetryAfter_WaitsExactlySoLong()
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = 429, RetryAfter = "120" });

        var sent = await dispatch.SendAsync(new Target.Everyone());
        (sent.Status, sent.Pending).ShouldBe((NotificationStatus.Processing, 1));
        (await Books.OfAsync(dispatch)).Held.ShouldBe(1);

        dispatch.Clock.Advance(TimeSpan.FromSeconds(119.9));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        (await dispatch.NotificationAsync(sent.Id)).Accepted.ShouldBe(1);
        device.Browser.Messages.ShouldHaveSingleItem().Ttl.ShouldBe(NotificationContent.DefaultTtlSeconds - 120, "the TTL that remains");
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(49, 0, 1, 50));
    }

    [Fact]
    public async Task Send_WhileThePushServiceAskedToWait_IsNotEvenTriedByThisTenant()
    {
        await ScriptedAsync(new ScriptedAnswer { Status = 503, RetryAfter = "60" });
        await dispatch.SendAsync(new Target.Everyone());
        var beside = await dispatch.Seed.DeviceAsync(userId: "beside");
        var other = await dispatch.Seed.OrganizationAsync();
        await dispatch.Seed.DeviceAsync(caller: other);

        var held = await dispatch.SendAsync(new Target.UserIds(["beside"]));
        held.Pending.ShouldBe(1);
        dispatch.PushService.Counters.Posts.ShouldBe(1);

        var theirs = await dispatch.Node.Send.RunAsync(
            dispatch.Request(new Target.Everyone()) with
            {
                Caller = other,
            },
            CancellationToken.None,
            CancellationToken.None
        );
        theirs.Value!.Notification.Accepted.ShouldBe(1, "another tenant is not held back");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(60));
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(held.Id)).Accepted.ShouldBe(1);
        beside.Browser.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(429, null)]
    [InlineData(null, Fault.Reset)]
    [InlineData(null, Fault.RefusedStream)]
    public async Task Send_FailsForNow_ComesBackByTheScheduleAndIsAccepted(int? status, Fault? fault)
    {
        var device = await ScriptedAsync(
            new ScriptedAnswer { Status = status, Fault = fault },
            new ScriptedAnswer { Status = status, Fault = fault }
        );

        var sent = await dispatch.SendAsync(new Target.Everyone());
        sent.Pending.ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(sent.Id)).Pending.ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(30));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        (await dispatch.NotificationAsync(sent.Id)).Accepted.ShouldBe(1);
        device.Browser.MessageCount.ShouldBe(1);
        dispatch.PushService.Counters.Posts.ShouldBe(3);
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None))!.Status.ShouldBe(
            RegistrationStatus.Active
        );
    }

    [Fact]
    public async Task Send_NoAnswerWithinFifteenSeconds_IsTriedAgain()
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Fault = Fault.Hang });
        var sending = dispatch.SendAsync(new Target.Everyone());
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 1, "the push is on the way");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        var sent = await sending;
        sent.Pending.ShouldBe(1);

        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(sent.Id)).Accepted.ShouldBe(1);
        device.Browser.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ManyFailTogether_ComeBackAfterOneJitteredWaitNotAfterTheShortestOfMany()
    {
        for (var device = 0; device < 40; device++)
        {
            await ScriptedAsync(new ScriptedAnswer { Status = 500, Repeat = true });
        }

        // The node's own source of randomness, once more: what one draw for the round comes to.
        var expected = new RetrySchedule(new Random(1));
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        await dispatch.Node.Deliver.RunAsync(accepted.Lease!.Value, CancellationToken.None);
        for (var round = 0; round < 3; round++)
        {
            var state = await BatchState.OfAsync(dispatch, accepted.Lease.Value);
            state.Attempt.ShouldBe(round + 1);
            var wait = state.Due!.Value - dispatch.Clock.GetUtcNow();
            wait.ShouldBe(expected.After(round), TimeSpan.FromMilliseconds(1), $"round {round}");

            dispatch.Clock.Advance(wait);
            (await dispatch.Node.DrainAsync()).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Send_TtlRunsOut_ExpiresOnTimeAndGivesTheCreditBack()
    {
        var device = await ScriptedAsync(
            new ScriptedAnswer
            {
                Status = 503,
                RetryAfter = "3600",
                Repeat = true,
            }
        );

        var sent = await dispatch.SendAsync(new Target.Everyone(), ttl: 300);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(299));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        var notification = await dispatch.NotificationAsync(sent.Id);
        (notification.Expired, notification.Status).ShouldBe((1, NotificationStatus.Completed));
        notification.CompletedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(50, 0, 0, 50));
        dispatch.PushService.Counters.Posts.ShouldBe(1);
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None))!.Status.ShouldBe(
            RegistrationStatus.Active
        );
    }

    [Fact]
    public async Task Send_FailsUntilTheTtlEnds_ExpiresAfterAFewTries()
    {
        await ScriptedAsync(new ScriptedAnswer { Status = 500, Repeat = true });

        var sent = await dispatch.SendAsync(new Target.Everyone(), ttl: 86_400);
        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            dispatch.Clock.Advance(TimeSpan.FromMinutes(5));
            await dispatch.Node.DrainAsync();
        }

        (await dispatch.NotificationAsync(sent.Id)).Expired.ShouldBe(1);
        dispatch.PushService.Counters.Posts.ShouldBeInRange(12, 60);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(50, 0, 0, 50));
    }

    [Fact]
    public async Task Send_TtlZero_IsTriedExactlyOnce()
    {
        var lucky = await dispatch.Seed.DeviceAsync();
        await ScriptedAsync(new ScriptedAnswer { Status = 500, Repeat = true });

        var sent = await dispatch.SendAsync(new Target.Everyone(), ttl: 0);

        (sent.Accepted, sent.Expired, sent.Pending).ShouldBe((1, 1, 0));
        sent.Status.ShouldBe(NotificationStatus.Completed);
        lucky.Browser.Messages.ShouldHaveSingleItem().Ttl.ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromDays(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.PushService.Counters.Posts.ShouldBe(2);
    }

    [Fact]
    public async Task Send_TtlZeroQueued_StillGetsItsAttemptLater()
    {
        var device = await dispatch.Seed.DeviceAsync();
        await dispatch.AcceptAsync(new Target.Everyone(), ttl: 0, queue: true);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(2));

        await dispatch.Node.DrainAsync();

        device.Browser.MessageCount.ShouldBe(1);
    }

    private async Task<Device> ScriptedAsync(params ScriptedAnswer[] answers)
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(answers);
        return device;
    }
}
