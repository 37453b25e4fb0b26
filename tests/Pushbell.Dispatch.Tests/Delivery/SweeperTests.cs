using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>What has been kept long enough goes; nothing younger, and nothing that has not ended.</summary>
public sealed class SweeperTests : IAsyncLifetime
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Sweep_RequestCompletedLongAgo_GoesWithItsLedger()
    {
        await dispatch.Seed.DeviceAsync();
        var old = await dispatch.SendAsync(new Target.Everyone());
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var younger = await dispatch.SendAsync(new Target.Everyone());
        dispatch.Clock.Advance(Retention - TimeSpan.FromMilliseconds(2));
        await SweepAsync();
        (await RequestsAsync()).ShouldBe([old.Id, younger.Id]);

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await SweepAsync();

        (await RequestsAsync()).ShouldBe([younger.Id]);
        (await dispatch.ListAsync<long>("SELECT notification_id FROM batch")).ShouldBe([younger.Id]);
    }

    [Fact]
    public async Task Sweep_RequestsThatHaveNotEnded_StayHoweverOld()
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        var scheduled = await dispatch.AcceptAsync(dispatch.Request(new Target.Everyone()) with { SendAt = dispatch.Clock.GetUtcNow().AddDays(60) });
        devices[0].Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "86400", Repeat = true });
        var waiting = await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]), ttl: NotificationContent.MaxTtlSeconds);

        dispatch.Clock.Advance(TimeSpan.FromDays(40));
        await SweepAsync();

        (await RequestsAsync()).ShouldBe([scheduled.Notification.Id, waiting.Id]);
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(waiting.Id)).Expired.ShouldBe(1);
        devices[0].Browser.Script();
        dispatch.Clock.Advance(TimeSpan.FromDays(20));
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(scheduled.Notification.Id)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_OwnRetention_IsObeyed()
    {
        await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.Everyone());
        dispatch.Clock.Advance(TimeSpan.FromDays(2));

        await dispatch.StartNode(new DeliverySettings { Retention = TimeSpan.FromDays(1) }).Sweeper.SweepAsync(CancellationToken.None);

        (await RequestsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_ManyOldRequestsOfManyOrganizations_GoInOneSweep()
    {
        for (var organization = 0; organization < 3; organization++)
        {
            var caller = await dispatch.Seed.OrganizationAsync();
            await dispatch.Seed.RegistrationsAsync([1], caller);
            for (var send = 0; send < 4; send++)
            {
                await dispatch.AcceptAsync(dispatch.Request(new Target.Everyone(), queue: true) with { Caller = caller });
            }
        }

        await dispatch.ExecuteAsync("UPDATE batch SET due_at = NULL");
        await dispatch.ExecuteAsync("UPDATE notification SET completed_at = created_at");
        dispatch.Clock.Advance(Retention);
        await SweepAsync();

        (await RequestsAsync()).ShouldBeEmpty();
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM batch")).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_IdempotencyKeys_GoAfterADayHoweverMany()
    {
        await dispatch.Seed.DeviceAsync();
        for (var key = 0; key < 450; key++)
        {
            await AcceptOnceAsync($"old-{key}");
        }

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await AcceptOnceAsync("young");
        dispatch.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(2));
        await SweepAsync();
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM idempotency")).ShouldBe(451);

        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await SweepAsync();

        (await dispatch.ListAsync<string>("SELECT key FROM idempotency")).ShouldBe(["young"]);
    }

    [Fact]
    public async Task Sweep_StoredMessages_GoWhenThePushServiceHasDroppedThemToo()
    {
        await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.Everyone(), ttl: 60);
        var longer = await dispatch.SendAsync(new Target.Everyone(), ttl: 600);
        await dispatch.SendAsync(new Target.Everyone(), ttl: 0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(59));
        await SweepAsync();
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM stored_message")).ShouldBe(2, "a TTL of 0 is never stored");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();

        (await dispatch.ListAsync<long>("SELECT notification_id FROM stored_message")).ShouldBe([longer.Id]);
    }

    private Task SweepAsync() => dispatch.Node.Sweeper.SweepAsync(CancellationToken.None);

    private Task<IReadOnlyList<long>> RequestsAsync() => dispatch.ListAsync<long>("SELECT id FROM notification ORDER BY id");

    private Task AcceptOnceAsync(string key) =>
        dispatch.AcceptAsync(dispatch.Request(new Target.Everyone(), queue: true) with { Once = new IdempotencyKey(key, "body") });
}
