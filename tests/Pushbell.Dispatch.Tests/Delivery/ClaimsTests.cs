using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class ClaimsTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = new DeliverySettings().Lease;
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 1_000);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Next_NothingAccepted_IsNull() => (await NextAsync(dispatch.Node)).ShouldBeNull();

    [Fact]
    public async Task Next_TwoProcessesAtOnce_NeverClaimTheSame()
    {
        await dispatch.Seed.DeviceAsync();
        for (var send = 0; send < 12; send++)
        {
            await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        }

        await using var reopened = await dispatch.ReopenAsync();
        var nodes = new[] { dispatch.Node, dispatch.StartNode(database: reopened) };
        var claimed = await Task.WhenAll(
            nodes.SelectMany(node => new[] { node, node }).Select(node => Task.Run(() => ClaimAllAsync(node)))
        );

        var keys = claimed.SelectMany(own => own).ToArray();
        keys.Length.ShouldBe(12);
        keys.Distinct().Count().ShouldBe(12);
    }

    [Fact]
    public async Task Next_LeaseHeld_ComesBackOnlyWhenItLapses()
    {
        var first = await ClaimedAsync();

        dispatch.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await NextAsync(dispatch.Node)).ShouldBeNull();
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var second = (await NextAsync(dispatch.StartNode())).ShouldNotBeNull();
        second.ShouldBe(first with { Lease = first.Lease + 1 });
        (await NextAsync(dispatch.Node)).ShouldBeNull();
    }

    [Fact]
    public async Task Renew_InTime_HoldsTheBatchForAnotherLease()
    {
        var key = await ClaimedAsync();
        dispatch.Clock.Advance(Lease / 2);

        (await dispatch.Node.RenewAsync(key)).ShouldBe(Hold.Kept);

        (await BatchState.OfAsync(dispatch, key)).Due.ShouldBe(dispatch.Clock.GetUtcNow() + Lease);
        dispatch.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await NextAsync(dispatch.Node)).ShouldBeNull();
    }

    [Fact]
    public async Task Next_OwnBatchHasLapsedByTheDatabasesClockAlone_IsRenewedAndNotTaken()
    {
        var key = await ClaimedAsync();
        dispatch.Node.Get<Leases>().Take(key);
        await dispatch.ExecuteAsync("UPDATE batch SET due_at = 0");

        (await NextAsync(dispatch.Node)).ShouldBeNull();

        var batch = await BatchState.OfAsync(dispatch, key);
        batch.Lease.ShouldBe(key.Lease);
        batch.Due.ShouldBe(dispatch.Clock.GetUtcNow() + Lease);
    }

    [Fact]
    public async Task Next_BatchOnceHeldAndLostMeanwhile_MayBeTakenAnew()
    {
        var key = await ClaimedAsync();
        dispatch.Node.Get<Leases>().Take(key);
        dispatch.Clock.Advance(Lease);
        var other = (await NextAsync(dispatch.StartNode())).ShouldNotBeNull();
        dispatch.Clock.Advance(Lease);

        var again = (await NextAsync(dispatch.Node)).ShouldNotBeNull();

        again.Lease.ShouldBe(other.Lease + 1);
    }

    [Fact]
    public async Task Renew_LostToAnother_SaysSoAndLeavesTheOthersLease()
    {
        var lost = await ClaimedAsync();
        dispatch.Clock.Advance(Lease);
        var held = (await NextAsync(dispatch.Node)).ShouldNotBeNull();
        dispatch.Clock.Advance(Lease / 2);
        var due = (await BatchState.OfAsync(dispatch, held)).Due;

        (await dispatch.Node.RenewAsync(lost)).ShouldBe(Hold.Lost);

        (await BatchState.OfAsync(dispatch, held)).Due.ShouldBe(due);
        (await BatchState.LoadAsync(dispatch, lost)).ShouldBeNull();
    }

    [Fact]
    public async Task Renew_AfterTheBatchWasLetGo_DoesNotTakeItBack()
    {
        var key = await ClaimedAsync();
        var work = (await BatchState.LoadAsync(dispatch, key)).ShouldNotBeNull();
        var retryAt = dispatch.Clock.GetUtcNow().AddMinutes(5);
        (
            await dispatch.Node.Settlement.ReleaseAsync(work, [Attempt.PutOff(0, DeliveryReason.AskedToWait, retryAt)], retryAt)
        ).ShouldBe(Hold.Kept);

        (await dispatch.Node.RenewAsync(key)).ShouldBe(Hold.Lost);

        (await BatchState.OfAsync(dispatch, key)).Due.ShouldBe(retryAt);
    }

    [Fact]
    public async Task Next_DueBatchBesideABroadcast_ComesFirst()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 120).Select(id => (long)id));
        var broadcast = await dispatch.AcceptAsync(new Target.Everyone());
        var single = await dispatch.AcceptAsync(new Target.RegistrationIds([PublicId.Registration(1)]), queue: true);

        var claimed = await ClaimAllAsync(dispatch.Node);

        claimed.Select(key => key.NotificationId).ShouldBe([single.Notification.Id, broadcast.Notification.Id]);
    }

    private async Task<BatchKey> ClaimedAsync()
    {
        await dispatch.Seed.DeviceAsync();
        await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        return (await NextAsync(dispatch.Node)).ShouldNotBeNull();
    }

    private static Task<BatchKey?> NextAsync(DispatchNode node) => node.Claims.NextAsync(Lane.Bulk, CancellationToken.None);

    private static async Task<List<BatchKey>> ClaimAllAsync(DispatchNode node)
    {
        var claimed = new List<BatchKey>();
        while (await NextAsync(node) is { } key)
        {
            claimed.Add(key);
        }

        return claimed;
    }
}
