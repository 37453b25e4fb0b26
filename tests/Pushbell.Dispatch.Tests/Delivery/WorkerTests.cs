using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class WorkerTests
{
    [Fact]
    public async Task Run_BroadcastToTwelveHundred_EachGetsOneCopyAndEveryCountIsExact()
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 2_000);
        var devices = await dispatch.Seed.ManyDevicesAsync(1_200);
        foreach (var at in new[] { 0, 499, 500, 1_199 })
        {
            devices[at].Browser.Remove();
        }

        devices[7].Browser.Script(new ScriptedAnswer { Status = 400 });
        devices[8].Browser.Script(new ScriptedAnswer { Status = 500 });
        await using var running = new RunningWorkers(dispatch.Node, dispatch.StartNode());
        await using var flow = new ClockFlow(dispatch.Clock);

        var sent = await dispatch.SendAsync(new Target.Everyone());
        sent.Status.ShouldBe(NotificationStatus.Queued);
        await CompletedAsync(dispatch, sent.Id);

        var notification = await dispatch.NotificationAsync(sent.Id);
        (notification.TotalTargets, notification.Accepted, notification.Gone, notification.Rejected).ShouldBe((1_200, 1_195, 4, 1));
        (notification.Expired, notification.Cancelled, notification.Pending).ShouldBe((0, 0, 0));
        notification.InvalidRegistrations.Count.ShouldBe(4);
        devices.Count(device => device.Browser.MessageCount == 1).ShouldBe(1_195);
        devices.ShouldAllBe(device => device.Browser.MessageCount <= 1);
        (await dispatch.ValueAsync<int>("SELECT sum(notification_count) FROM registration")).ShouldBe(1_195);
        (await dispatch.ValueAsync<int>("SELECT active_registrations FROM service")).ShouldBe(1_196);
        (await dispatch.ValueAsync<int>("SELECT used FROM quota_window WHERE kind = 0")).ShouldBe(1_195);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(805, 0, 1_195, 2_000));
    }

    [Fact]
    public async Task Run_DatabaseLockedForAWhile_GoesOnAfterwards()
    {
        await using var dispatch = await TestDispatch.StartAsync();
        await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await using var impatient = await dispatch.ReopenImpatientAsync();
        await using var flow = new ClockFlow(dispatch.Clock);
        var locked = await dispatch.Files.LockAsync();
        await using var running = new RunningWorkers(dispatch.StartNode(database: impatient));

        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Pending.ShouldBe(1);
        await locked.DisposeAsync();

        await CompletedAsync(dispatch, accepted.Notification.Id);
    }

    [Fact]
    public async Task Run_Idle_EndsAtOnceWhenStopped()
    {
        await using var dispatch = await TestDispatch.StartAsync();
        using var stop = new CancellationTokenSource();
        var running = dispatch.Node.Worker.RunAsync(stop.Token);

        await stop.CancelAsync();

        await running.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);
    }

    private static Task CompletedAsync(TestDispatch dispatch, long notification) =>
        Eventually.BecomesTrueAsync(
            async () => (await dispatch.NotificationAsync(notification)).Status == NotificationStatus.Completed,
            "the notification is completed"
        );

    private sealed class RunningWorkers : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public RunningWorkers(params DispatchNode[] nodes) =>
            running = Task.WhenAll(nodes.Select(node => node.Worker.RunAsync(stop.Token)));

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }
    }
}
