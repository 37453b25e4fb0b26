using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Notifications;

/// <summary>A send with a time of its own: paid for when it is accepted, delivered when its time has come.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(3);
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(plan: Plan.Custom(hourly: 150, daily: 200), credits: 300);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Send_Scheduled_WaitsForItsTimeAndIsThenDelivered()
    {
        var device = await dispatch.Seed.DeviceAsync();

        var sent = await dispatch.SendAsync(Scheduled(ttl: 600));
        (sent.Status, sent.Pending, sent.SendAt).ShouldBe((NotificationStatus.Scheduled, 1, dispatch.Clock.GetUtcNow() + Ahead));
        dispatch.Clock.Advance(Ahead - TimeSpan.FromMilliseconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        (await dispatch.NotificationAsync(sent.Id)).Status.ShouldBe(NotificationStatus.Scheduled);
        dispatch.PushService.Counters.Posts.ShouldBe(0);

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await dispatch.NotificationAsync(sent.Id)).Status.ShouldBe(NotificationStatus.Queued);
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(sent.Id)).Status.ShouldBe(NotificationStatus.Completed);
        device.Browser.Messages.ShouldHaveSingleItem().Ttl.ShouldBe(600, "it counts from the time of sending");
    }

    [Fact]
    public async Task Send_Scheduled_ExpiresSoLongAfterItsTime()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "3600", Repeat = true });

        var sent = await dispatch.SendAsync(Scheduled(ttl: 300));
        dispatch.Clock.Advance(Ahead);
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(299));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        var notification = await dispatch.NotificationAsync(sent.Id);
        (notification.Expired, notification.CompletedAt).ShouldBe((1, sent.SendAt!.Value.AddSeconds(300)));
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(300, 0, 0, 300));
    }

    [Fact]
    public async Task Accept_Scheduled_TakesQuotaAndCreditsAtOnce()
    {
        await dispatch.Seed.DevicesAsync(2);

        await dispatch.AcceptAsync(Scheduled());

        (await Books.OfAsync(dispatch)).ShouldBe(new Books(298, 2, 0, 300));
        (await QuotaAsync()).ShouldBe(2);
        dispatch.Clock.Advance(Ahead);
        await dispatch.Node.DrainAsync();
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(298, 0, 2, 300));
        (await QuotaAsync()).ShouldBe(2, "the window of acceptance, not that of sending");
    }

    [Fact]
    public async Task Accept_ScheduledBeyondTheQuota_IsRefusedAtOnce()
    {
        await RegisterAsync(1, 80);
        await dispatch.AcceptAsync(Scheduled());

        var second = await dispatch.Node.Accept.RunAsync(Scheduled(), CancellationToken.None);

        second.Failure.ShouldBeOfType<Failure.QuotaExceeded>();
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification")).ShouldBe(1);
    }

    [Fact]
    public async Task Accept_ScheduledWithoutTheCredits_IsRefusedAtOnce()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET credit_available = 100");
        await RegisterAsync(1, 101);

        var result = await dispatch.Node.Accept.RunAsync(Scheduled(), CancellationToken.None);

        result.Failure.ShouldBeOfType<Failure.InsufficientCredits>();
        (await QuotaAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Broadcast_Scheduled_ReachesAtItsTimeThoseWhoWereThereAtAcceptanceAndStillAre()
    {
        var devices = await dispatch.Seed.ManyDevicesAsync(120);
        var sent = await dispatch.SendAsync(Scheduled());
        (sent.Status, sent.TotalTargets).ShouldBe((NotificationStatus.Scheduled, 120));
        var late = await dispatch.Seed.DeviceAsync();
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, devices[5].Id, null, CancellationToken.None);

        dispatch.Clock.Advance(Ahead - TimeSpan.FromMilliseconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM batch")).ShouldBe(0, "nobody is chosen before its time");
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await using (new ClockFlow(dispatch.Clock))
        {
            (await dispatch.Node.DrainAsync()).ShouldBe(1);
        }

        var notification = await dispatch.NotificationAsync(sent.Id);
        (notification.Accepted, notification.Cancelled, notification.Status).ShouldBe((119, 1, NotificationStatus.Completed));
        devices.Count(device => device.Browser.MessageCount == 1).ShouldBe(119);
        (devices[5].Browser.MessageCount, late.Browser.MessageCount).ShouldBe((0, 0));
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(181, 0, 119, 300));
        (await QuotaAsync()).ShouldBe(119);
    }

    [Fact]
    public async Task Send_ScheduledToNobody_IsCompletedAtOnce() =>
        (await dispatch.SendAsync(Scheduled())).Status.ShouldBe(NotificationStatus.Completed);

    [Fact]
    public async Task Send_ScheduledAndExpiredByItsTime_ReachesNobodyWhoIsGone()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var sent = await dispatch.SendAsync(Scheduled());
        device.Browser.Remove();
        await dispatch.SendAsync(new Target.Everyone());

        dispatch.Clock.Advance(Ahead);
        await dispatch.Node.DrainAsync();

        (await dispatch.NotificationAsync(sent.Id)).Gone.ShouldBe(1);
        dispatch.PushService.Counters.Posts.ShouldBe(1);
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None))!.Status.ShouldBe(RegistrationStatus.Expired);
    }

    private SendRequest Scheduled(int ttl = NotificationContent.DefaultTtlSeconds) =>
        dispatch.Request(new Target.Everyone(), ttl) with { SendAt = dispatch.Clock.GetUtcNow() + Ahead };

    private Task RegisterAsync(int first, int count) => dispatch.Seed.RegistrationsAsync(Enumerable.Range(first, count).Select(id => (long)id));

    private Task<int> QuotaAsync() => dispatch.ValueAsync<int>("SELECT coalesce(sum(used), 0) FROM quota_window WHERE kind = 0");
}
