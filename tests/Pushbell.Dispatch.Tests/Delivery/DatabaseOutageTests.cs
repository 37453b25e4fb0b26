using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>What happens to sends and claimed batches while the database is away.</summary>
public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private static readonly DeliverySettings Narrow = new() { Window = 2 };
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 50);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Run_DatabaseAwayAtSettlement_SettlesWhatWasAnsweredOnceItIsBack()
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        await using var impatient = await dispatch.ReopenImpatientAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());

        await using var flow = new ClockFlow(dispatch.Clock);
        Task running;
        await using (await dispatch.Files.LockAsync())
        {
            running = dispatch.StartNode(Narrow, impatient).Deliver.RunAsync(accepted.Lease!.Value, CancellationToken.None);
            await Eventually.BecomesTrueAsync(() => devices.All(device => device.Browser.MessageCount == 1), "both are sent");
            await Should.ThrowAsync<StorageOutageException>(() =>
                impatient.WriteAsync(session => session.ExecuteAsync("UPDATE organization SET name = name"), CancellationToken.None)
            );
        }

        await running.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);

        devices.ShouldAllBe(device => device.Browser.MessageCount == 1);
        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        (notification.Accepted, notification.Status).ShouldBe((2, NotificationStatus.Completed));
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(48, 0, 2, 50));
    }

    [Fact]
    public async Task Run_DatabaseStillAwayWhenTheProcessStops_GivesUpAndLeavesItToTheLease()
    {
        await dispatch.Seed.DevicesAsync(2);
        await using var impatient = await dispatch.ReopenImpatientAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        using var stop = new CancellationTokenSource();

        await using var flow = new ClockFlow(dispatch.Clock);
        await using (await dispatch.Files.LockAsync())
        {
            var running = dispatch.StartNode(Narrow, impatient).Deliver.RunAsync(accepted.Lease!.Value, stop.Token);
            await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Posts == 2, "both are sent");
            await stop.CancelAsync();

            await Should.ThrowAsync<StorageOutageException>(() => running.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System));
        }

        (await dispatch.NotificationAsync(accepted.Notification.Id)).Pending.ShouldBe(2);
    }

    [Fact]
    public async Task Run_LongerThanALease_RenewsItThroughAnOutage()
    {
        var devices = await dispatch.Seed.DevicesAsync(1);
        devices[0].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        await using var impatient = await dispatch.ReopenImpatientAsync();
        var node = dispatch.StartNode(database: impatient);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var running = node.Deliver.RunAsync(key, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 1, "the push is on the way");

        await RenewedAfterAsync(TimeSpan.FromSeconds(4), key);
        await using (await dispatch.Files.LockAsync())
        {
            dispatch.Clock.Advance(TimeSpan.FromSeconds(4));
            await Should.ThrowAsync<StorageOutageException>(() =>
                impatient.WriteAsync(session => session.ExecuteAsync("UPDATE organization SET name = name"), CancellationToken.None)
            );
        }

        var soon = TimeSpan.FromSeconds(0.5);
        await Eventually.BecomesTrueAsync(() => dispatch.Clock.NextDue <= dispatch.Clock.GetUtcNow() + soon, "it is tried again soon, not a third of a lease later");
        await RenewedAfterAsync(soon, key);
        await RenewedAfterAsync(TimeSpan.FromSeconds(4), key);
        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldBeNull("12 seconds in, the lease of 10 is still held");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(3));
        await running;
        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        await dispatch.Node.DrainAsync();
        devices[0].Browser.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_DatabaseLostAfterAcceptance_IsNoErrorAndFinishedByAWorker()
    {
        var devices = await dispatch.Seed.DevicesAsync(1);
        devices[0].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        await using var impatient = await dispatch.ReopenImpatientAsync();
        var sending = dispatch
            .StartNode(database: impatient)
            .Send.RunAsync(dispatch.Request(new Target.Everyone()), CancellationToken.None, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 1, "the push is on the way");

        Result<AcceptedNotification> result;
        await using (await dispatch.Files.LockAsync())
        {
            // The push times out, then the answer does not wait any longer for what came of it.
            dispatch.Clock.Advance(TimeSpan.FromSeconds(20));
            result = await sending.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);
        }

        result.Failure.ShouldBeNull();
        result.Value!.Notification.Status.ShouldBe(NotificationStatus.Processing);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
                await dispatch.Node.DrainAsync();
                return (await dispatch.NotificationAsync(result.Value.Notification.Id)).Accepted == 1;
            },
            "what was put off is tried again"
        );
    }

    [Fact]
    public async Task Send_DatabaseLockedBeforeAcceptance_IsAnOutageAndNothingIsSent()
    {
        await dispatch.Seed.DeviceAsync();
        await using var impatient = await dispatch.ReopenImpatientAsync();
        var node = dispatch.StartNode(database: impatient);
        await using (await dispatch.Files.LockAsync())
        {
            await Should.ThrowAsync<StorageOutageException>(() =>
                node.Send.RunAsync(dispatch.Request(new Target.Everyone()), CancellationToken.None, CancellationToken.None)
            );
        }

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(50, 0, 0, 50));
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification")).ShouldBe(0);
    }

    private async Task RenewedAfterAsync(TimeSpan wait, BatchKey key)
    {
        dispatch.Clock.Advance(wait);
        var expected = dispatch.Clock.GetUtcNow() + Narrow.Lease;
        await Eventually.BecomesTrueAsync(
            async () => (await BatchState.OfAsync(dispatch, key)).Due >= expected - wait,
            "the lease is renewed"
        );
    }
}
