using System.Security.Cryptography;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>What happens to a claimed batch when its process stops, stalls or cannot go on.</summary>
public sealed class DeliverBatchTests : IAsyncLifetime
{
    private static readonly DeliverySettings Narrow = new() { Window = 2 };
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 50);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Run_WindowSmallerThanTheBatch_DeliversItAll()
    {
        var devices = await dispatch.Seed.DevicesAsync(9);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());

        await using (new ClockFlow(dispatch.Clock))
        {
            await dispatch.StartNode(Narrow).Deliver.RunAsync(accepted.Lease!.Value, CancellationToken.None);
        }

        devices.ShouldAllBe(device => device.Browser.MessageCount == 1);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Status.ShouldBe(NotificationStatus.Completed);
    }

    [Fact]
    public async Task Run_VapidKeyCannotBeOpened_FailsAndComesBackAfterALease()
    {
        var devices = await dispatch.Seed.DevicesAsync(3);
        var stranger = dispatch.StartNode(Narrow, master: new MasterKey(new byte[MasterKey.Length]));
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;

        await Should.ThrowAsync<CryptographicException>(() => stranger.Deliver.RunAsync(key, CancellationToken.None));

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        (await BatchState.OfAsync(dispatch, key)).Due.ShouldBe(dispatch.Clock.GetUtcNow() + Narrow.Lease);
        dispatch.Clock.Advance(Narrow.Lease);
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        devices.ShouldAllBe(device => device.Browser.MessageCount == 1);
    }

    [Fact]
    public async Task Run_FaultOfOurs_CostsNobodyTheirOneAttempt()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var stranger = dispatch.StartNode(Narrow, master: new MasterKey(new byte[MasterKey.Length]));
        var key = (await dispatch.AcceptAsync(new Target.Everyone(), ttl: 0)).Lease!.Value;
        await Should.ThrowAsync<CryptographicException>(() => stranger.Deliver.RunAsync(key, CancellationToken.None));

        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        device.Browser.MessageCount.ShouldBe(1, "a TTL of 0 is one attempt, and none was made");
    }

    [Fact]
    public async Task Run_LeaseLostBeforeItBegan_SendsNothing()
    {
        await dispatch.Seed.DeviceAsync();
        var lost = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        dispatch.Clock.Advance(Narrow.Lease);
        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldNotBeNull();

        await dispatch.Node.Deliver.RunAsync(lost, CancellationToken.None);

        dispatch.PushService.Counters.Posts.ShouldBe(0);
    }

    [Fact]
    public async Task Run_LeaseLostOnTheWay_StopsSendingAndSettlesNothing()
    {
        var devices = await dispatch.Seed.DevicesAsync(6);
        devices[0].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        devices[1].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var node = dispatch.StartNode(Narrow);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var stalled = node.Deliver.RunAsync(key, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 2, "both hang");

        // As if this process had slept through its lease.
        await dispatch.ExecuteAsync("UPDATE batch SET lease = lease + 1");
        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        await stalled;

        dispatch.PushService.Counters.Posts.ShouldBe(2);
        (await BatchState.OfAsync(dispatch, key)).Ends.ShouldAllBe(end => end == DeliveryEnd.Pending);
        (await Books.OfAsync(dispatch)).Held.ShouldBe(6);
        var again = (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldNotBeNull();
        await dispatch.Node.Deliver.RunAsync(again, CancellationToken.None);
        devices.ShouldAllBe(device => device.Browser.MessageCount == 1);
    }

    [Fact]
    public async Task Run_StoppedBeforeTheFirstSend_LeavesItToOthersAtOnceAndUntouched()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var key = (await dispatch.AcceptAsync(new Target.Everyone(), ttl: 0)).Lease!.Value;

        await dispatch.Node.Deliver.RunAsync(key, new CancellationToken(canceled: true));
        dispatch.PushService.Counters.Posts.ShouldBe(0);
        (await dispatch.StartNode().DrainAsync()).ShouldBe(1);

        device.Browser.MessageCount.ShouldBe(1, "even with a TTL of 0 it still had its one attempt to come");
    }

    [Fact]
    public async Task Run_StoppedMidway_SettlesWhatIsOnTheWayAndReleasesTheRest()
    {
        var devices = await dispatch.Seed.DevicesAsync(5);
        devices[0].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        devices[1].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang, Deliver = true });
        var node = dispatch.StartNode(Narrow);
        using var stop = new CancellationTokenSource();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        var running = node.Deliver.RunAsync(accepted.Lease!.Value, stop.Token);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Posts == 2, "two are on the way");

        await stop.CancelAsync();
        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        await running.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);

        dispatch.PushService.Counters.Posts.ShouldBe(2, "none was begun after the stop");
        (await BatchState.OfAsync(dispatch, accepted.Lease.Value)).Due.ShouldBe(dispatch.Clock.GetUtcNow());
        (await dispatch.StartNode().DrainAsync()).ShouldBe(1);
        devices[2..].ShouldAllBe(device => device.Browser.MessageCount == 1);
    }
}
