using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A service is switched off: what waits goes on waiting, and nothing of it is lost before its TTL.</summary>
public sealed class ServiceOffTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 500);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData("is_active", 86_400)]
    [InlineData("notifications_enabled", 86_400)]
    [InlineData("is_active", 600)]
    public async Task Run_Off_WaitsAndGoesOnOnceItIsOnAgain(string column, int ttl)
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), ttl, queue: true);
        await SwitchAsync(column, on: false);
        for (var minute = 0; minute < 5; minute++)
        {
            await dispatch.Node.DrainAsync();
            dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Pending.ShouldBe(2);
        (await dispatch.ValueAsync<int>("SELECT attempt FROM batch")).ShouldBe(0, "no attempt was made");
        await SwitchAsync(column, on: true);
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        (await dispatch.NotificationAsync(accepted.Notification.Id)).Accepted.ShouldBe(2);
        devices.ShouldAllBe(device => device.Browser.Messages.Single().Ttl == ttl - 300);
    }

    [Fact]
    public async Task Run_OffUntilTheTtlEnds_ExpiresAndGivesTheCreditsBack()
    {
        await dispatch.Seed.DevicesAsync(2);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), ttl: 90, queue: true);
        await SwitchAsync("is_active", on: false);

        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(60));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(30));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        (notification.Expired, notification.Status).ShouldBe((2, NotificationStatus.Completed));
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(500, 0, 0, 500));
        dispatch.PushService.Counters.Posts.ShouldBe(0);
    }

    [Fact]
    public async Task Run_OffMidBroadcast_SendsTheRestLaterAndNobodyTwice()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET credit_available = NULL");
        var devices = await dispatch.Seed.ManyDevicesAsync(620);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await using var flow = new ClockFlow(dispatch.Clock);
        await dispatch.Node.Deliver.RunAsync((await dispatch.Node.NextAsync())!.Value, CancellationToken.None);
        await SwitchAsync("is_active", on: false);
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(sent.Id)).Accepted.ShouldBe(500);

        await SwitchAsync("is_active", on: true);
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        await dispatch.Node.DrainAsync();

        devices.CountBy(device => device.Browser.MessageCount).ShouldBe([KeyValuePair.Create(1, 620)]);
    }

    [Fact]
    public async Task Run_AnotherServiceIsOff_GoesOn()
    {
        var other = await dispatch.Seed.ServiceAsync();
        await dispatch.ExecuteAsync("UPDATE service SET is_active = 0 WHERE id = @ServiceId", new { other.ServiceId });
        var device = await dispatch.Seed.DeviceAsync();

        await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await dispatch.Node.DrainAsync();

        device.Browser.MessageCount.ShouldBe(1);
    }

    private Task SwitchAsync(string column, bool on) => dispatch.ExecuteAsync($"UPDATE service SET {column} = @on", new { on = on ? 1 : 0 });
}
