using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A notification is recalled while its batches are leased: who holds one ends it, and nobody else sends it.</summary>
public sealed class RecallTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 2_000);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Cancel_MidBroadcast_EndsTheRestAndCountsExactlyWhatWasAccepted()
    {
        var devices = await dispatch.Seed.ManyDevicesAsync(1_200);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await using (new ClockFlow(dispatch.Clock))
        {
            await dispatch.Node.Deliver.RunAsync((await dispatch.Node.NextAsync())!.Value, CancellationToken.None);
        }

        devices[500].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        devices[501].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var node = dispatch.StartNode(new DeliverySettings { Window = 2 });
        var running = node.Deliver.RunAsync((await node.NextAsync())!.Value, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 2, "the second batch is under way");

        var cancelled = await dispatch.CancelAsync(sent.Id);
        (cancelled.Status, cancelled.Accepted, cancelled.Cancelled, cancelled.Pending).ShouldBe((NotificationStatus.Cancelled, 500, 200, 500));
        cancelled.CompletedAt.ShouldBeNull("one batch is still under way");
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(1_000, 500, 500, 2_000));

        await using var flow = new ClockFlow(dispatch.Clock);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        await running;
        (await dispatch.Node.NextAsync()).ShouldBeNull();
        var final = await dispatch.NotificationAsync(sent.Id);
        (final.Status, final.Accepted, final.Cancelled, final.Pending).ShouldBe((NotificationStatus.Cancelled, 500, 700, 0));
        dispatch.PushService.Counters.Posts.ShouldBe(502);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(1_500, 0, 500, 2_000));
        (await dispatch.ListAsync<int>("SELECT used FROM quota_window")).ShouldBe([500, 500]);
    }

    [Fact]
    public async Task Settle_RecalledMeanwhile_KeepsWhatWasAcceptedAndEndsTheRest()
    {
        await dispatch.Seed.DevicesAsync(6);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var work = (await BatchState.LoadAsync(dispatch, key)).ShouldNotBeNull();
        (await SettleAsync(work, 0)).ShouldBe(Hold.Kept);

        (await dispatch.CancelAsync(key.NotificationId)).Pending.ShouldBe(5, "the batch is its holder's to end");
        (await SettleAsync(work, 1)).ShouldBe(Hold.Recalled);
        var retryAt = dispatch.Clock.GetUtcNow().AddMinutes(1);
        (await dispatch.Node.Settlement.ReleaseAsync(work, [Attempt.PutOff(2, DeliveryReason.AskedToWait, retryAt)], retryAt)).ShouldBe(Hold.Recalled);

        var state = await BatchState.OfAsync(dispatch, key);
        state.Due.ShouldBeNull();
        state.Ends.Take(2).ShouldAllBe(end => end == DeliveryEnd.Accepted);
        state.Ends.Skip(2).ShouldAllBe(end => end == DeliveryEnd.Cancelled);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(1_998, 0, 2, 2_000));
        (await dispatch.NotificationAsync(key.NotificationId)).Status.ShouldBe(NotificationStatus.Cancelled);
    }

    [Fact]
    public async Task Renew_RecalledMeanwhile_SaysSo()
    {
        await dispatch.Seed.DeviceAsync();
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        (await dispatch.Node.RenewAsync(key)).ShouldBe(Hold.Kept);

        await dispatch.CancelAsync(key.NotificationId);

        (await dispatch.Node.RenewAsync(key)).ShouldBe(Hold.Recalled);
    }

    [Fact]
    public async Task Run_ClaimedButRecalledBeforeItBegan_SendsNothing()
    {
        await dispatch.Seed.DevicesAsync(3);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        await dispatch.CancelAsync(key.NotificationId);

        await dispatch.Node.Deliver.RunAsync(key, CancellationToken.None);

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        await ShouldHaveEndedCancelledAsync(key.NotificationId);
    }

    [Fact]
    public async Task Next_LapsedLeaseOfARecalledOne_IsEndedByWhoTakesItOver()
    {
        await dispatch.Seed.DevicesAsync(3);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        (await dispatch.Node.NextAsync()).ShouldNotBeNull("the process that claims it dies with it");
        (await dispatch.CancelAsync(accepted.Notification.Id)).Pending.ShouldBe(3);

        dispatch.Clock.Advance(new DeliverySettings().Lease);
        (await dispatch.StartNode().DrainAsync()).ShouldBe(1);

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        await ShouldHaveEndedCancelledAsync(accepted.Notification.Id);
        (await dispatch.Node.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Run_ServiceIsOffAndItIsRecalled_EndsAtOnce()
    {
        await dispatch.Seed.DevicesAsync(3);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        await dispatch.ExecuteAsync("UPDATE service SET is_active = 0");
        await dispatch.CancelAsync(key.NotificationId);

        await dispatch.Node.Deliver.RunAsync(key, CancellationToken.None);

        await ShouldHaveEndedCancelledAsync(key.NotificationId);
    }

    private Task<Hold> SettleAsync(BatchWork work, int at) =>
        dispatch.Node.Settlement.SettleAsync(work, [Attempt.Ended(at, DeliveryEnd.Accepted, DeliveryReason.None)]);

    private async Task ShouldHaveEndedCancelledAsync(long notification)
    {
        var ended = await dispatch.NotificationAsync(notification);
        (ended.Status, ended.Cancelled, ended.Pending).ShouldBe((NotificationStatus.Cancelled, 3, 0));
        (await dispatch.StatesAsync(notification)).ShouldAllBe(state => state.Reason == DeliveryReason.CancelledByRequest);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(2_000, 0, 0, 2_000));
        (await dispatch.ListAsync<int>("SELECT used FROM quota_window")).ShouldBe([0, 0]);
    }
}
