using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>Somebody sets the clock while batches are worked on or wait: nothing is sent twice, nothing waits for ever.</summary>
public sealed class ClockJumpTests : IAsyncLifetime
{
    private const int HoursOfAYear = 365 * 24;
    private static readonly DeliverySettings Narrow = new() { Window = 2 };
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 50);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(-1)]
    [InlineData(-HoursOfAYear)]
    public async Task Sweep_BetweenAJumpBackAndTheNextRenewal_DoesNotHandABatchToTheProcessThatWorksOnIt(int hours)
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Fault = Fault.Hang, Deliver = true });
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var running = dispatch.Node.Deliver.RunAsync(key, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 1, "it is on the way");

        dispatch.WallClock.Set(TimeSpan.FromHours(hours));
        await dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);
        var taken = await dispatch.Node.NextAsync();

        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        await running;
        taken.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(HoursOfAYear)]
    [InlineData(-HoursOfAYear)]
    public async Task Run_ClockSetMeanwhile_NeverTakesTheBatchFromItself(int hours)
    {
        var devices = await dispatch.Seed.DevicesAsync(6);
        devices[0].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        devices[1].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var node = dispatch.StartNode(Narrow);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        var running = node.Deliver.RunAsync(accepted.Lease!.Value, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 2, "two are on the way");

        dispatch.WallClock.Set(TimeSpan.FromHours(hours));
        (await node.NextAsync()).ShouldBeNull("just after the jump");
        dispatch.Clock.Advance((Narrow.Lease / 3) + TimeSpan.FromMilliseconds(1));
        var renewed = dispatch.WallClock.GetUtcNow() + Narrow.Lease;
        await Eventually.BecomesTrueAsync(
            async () => ((await BatchState.OfAsync(dispatch, accepted.Lease.Value)).Due!.Value - renewed).Duration() < TimeSpan.FromSeconds(1),
            "the lease is renewed by the new time"
        );
        (await node.NextAsync()).ShouldBeNull("after a renewal");
        (await BatchState.OfAsync(dispatch, accepted.Lease.Value)).Lease.ShouldBe(accepted.Lease.Value.Lease);

        await using var flow = new ClockFlow(dispatch.Clock);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(12));
        await running;
        await CompletedAsync(accepted.Notification.Id, node);
        devices.ShouldAllBe(device => device.Browser.MessageCount <= 1);
        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        var expected = hours == HoursOfAYear ? (0, 6) : (6, 0);
        (notification.Accepted, notification.Expired).ShouldBe(expected, "only a TTL that has ended by the new time expires anybody");
        (await dispatch.ValueAsync<long>("SELECT credit_held FROM organization")).ShouldBe(0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-HoursOfAYear)]
    public async Task Sweep_LeaseOfADeadProcessDatedByAClockSetBackSince_IsDueAtOnce(int hours)
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        dispatch.WallClock.Set(TimeSpan.FromHours(hours));
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        var survivor = dispatch.StartNode();
        (await survivor.DrainAsync()).ShouldBe(0, "its lease seems to last");

        await survivor.Sweeper.SweepAsync(CancellationToken.None);

        (await survivor.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Accepted.ShouldBe(2);
        devices.ShouldAllBe(device => device.Browser.MessageCount == 1);
    }

    [Fact]
    public async Task Sweep_RetryDatedByAClockSetBackAYearSince_IsDueAtOnceAndItsGateIsOpen()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 429, RetryAfter = "120" });
        var sent = await dispatch.SendAsync(new Target.Everyone());
        dispatch.WallClock.Set(TimeSpan.FromHours(-HoursOfAYear));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);

        await dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);

        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(sent.Id)).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_RetryAndLeaseThatAreDatedWell_StayAsTheyAre()
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        devices[0].Browser.Script(new ScriptedAnswer { Status = 429, RetryAfter = "86400" });
        await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]), ttl: 200_000);
        await dispatch.AcceptAsync(new Target.RegistrationIds([devices[1].PublicId]));

        await dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);

        (await dispatch.Node.DrainAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-HoursOfAYear)]
    public async Task Sweep_AfterAJumpBack_LeavesWhatIsScheduledToItsTime(int hours)
    {
        await dispatch.Seed.DeviceAsync();
        var sendAt = dispatch.Clock.GetUtcNow().AddDays(30);
        var accepted = await dispatch.AcceptAsync(dispatch.Request(new Target.Everyone()) with { SendAt = sendAt });
        dispatch.WallClock.Set(TimeSpan.FromHours(hours));

        await dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);

        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(sendAt - dispatch.WallClock.GetUtcNow());
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Accepted.ShouldBe(1);
    }

    private Task CompletedAsync(long notification, DispatchNode node) =>
        Eventually.BecomesTrueAsync(
            async () =>
            {
                dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
                await node.DrainAsync();
                return (await dispatch.NotificationAsync(notification)).Status == NotificationStatus.Completed;
            },
            "everything has ended"
        );
}
