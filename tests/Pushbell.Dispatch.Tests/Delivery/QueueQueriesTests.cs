using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class QueueQueriesTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Get_OfABroadcast_FollowsItFromAcceptanceToItsEnd()
    {
        await dispatch.Seed.ManyDevicesAsync(600);
        await dispatch.SendAsync(new Target.Everyone());

        var accepted = await LookAsync();
        var batch = (await dispatch.Node.NextAsync()).ShouldNotBeNull();
        var claimed = await LookAsync();
        await dispatch.Node.Deliver.RunAsync(batch, CancellationToken.None);
        await dispatch.Node.DrainAsync();
        var ended = await LookAsync();
        dispatch.Clock.Advance(QueueQueries.Recent + TimeSpan.FromSeconds(1));
        var later = await LookAsync();

        accepted.ShouldBe(new QueueState { Pending = 600, Unclaimed = 600 });
        claimed.ShouldBe(new QueueState { Pending = 600, Unclaimed = 100, Leased = 1 });
        ended.ShouldBe(new QueueState { RecentlyEnded = 1, RecentlyAccepted = 600 });
        later.ShouldBe(new QueueState());
    }

    [Fact]
    public async Task Get_OfAQueuedSend_IsDueAtOnceAndOverdueLater()
    {
        var device = await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]), queue: true);
        var since = dispatch.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var atOnce = await LookAsync();
        dispatch.Clock.Advance(QueueQueries.Overdue);
        var later = await LookAsync();

        atOnce.ShouldBe(new QueueState { Pending = 1, Due = 1, OldestDueAt = since });
        later.ShouldBe(new QueueState { Pending = 1, Due = 1, Overdue = 1, OldestDueAt = since });
    }

    [Fact]
    public async Task Get_OfALapsedLease_IsDue()
    {
        await dispatch.Seed.DevicesAsync(3);
        await dispatch.AcceptAsync(new Target.Everyone());

        var held = await LookAsync();
        dispatch.Clock.Advance(dispatch.Node.Leases.Length);
        var lapsed = await LookAsync();

        (held.Leased, held.Due).ShouldBe((1, 0));
        (lapsed.Leased, lapsed.Due).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Get_OfAScheduledSend_IsWaiting()
    {
        await dispatch.Seed.DevicesAsync(3);
        await dispatch.SendAsync(dispatch.Request(new Target.Everyone()) with { SendAt = dispatch.Clock.GetUtcNow().AddHours(1) });

        (await LookAsync()).ShouldBe(new QueueState { Pending = 3, Waiting = 1 });
    }

    [Fact]
    public async Task Get_OfAnotherOrganization_IsEmpty()
    {
        await dispatch.Seed.DevicesAsync(3);
        await dispatch.SendAsync(new Target.Everyone(), queue: true);

        (await dispatch.Node.Get<QueueQueries>().GetAsync(dispatch.Caller.OrganizationId + 1, CancellationToken.None)).ShouldBe(new QueueState());
    }

    private Task<QueueState> LookAsync() => dispatch.Node.Get<QueueQueries>().GetAsync(dispatch.Caller.OrganizationId, CancellationToken.None);
}
