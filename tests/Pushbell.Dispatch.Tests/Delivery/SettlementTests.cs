using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class SettlementTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;
    private Device[] devices = [];
    private BatchKey key;
    private BatchWork work = null!;

    public async ValueTask InitializeAsync()
    {
        dispatch = await TestDispatch.StartAsync(credits: 10);
        devices = await dispatch.Seed.DevicesAsync(6);
        key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        work = (await BatchState.LoadAsync(dispatch, key))!;
    }

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Settle_EveryEnd_IsCountedPaidAndRememberedOnce()
    {
        Attempt[] group =
        [
            Attempt.Ended(0, DeliveryEnd.Accepted, DeliveryReason.None),
            Attempt.Ended(1, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription),
            Attempt.Ended(2, DeliveryEnd.Rejected, DeliveryReason.BadRequest),
            Attempt.Ended(3, DeliveryEnd.Expired, DeliveryReason.TtlEnded),
            Attempt.Ended(4, DeliveryEnd.Cancelled, DeliveryReason.NotActive),
            Attempt.PutOff(5, DeliveryReason.Throttled, dispatch.Clock.GetUtcNow().AddSeconds(10)),
        ];

        (await dispatch.Node.Settlement.SettleAsync(work, group)).ShouldBe(Hold.Kept);

        var notification = await dispatch.NotificationAsync(key.NotificationId);
        (
            notification.Accepted,
            notification.Gone,
            notification.Rejected,
            notification.Expired,
            notification.Cancelled,
            notification.Pending
        ).ShouldBe((1, 1, 1, 1, 1, 1));
        notification.Status.ShouldBe(NotificationStatus.Processing);
        notification.CompletedAt.ShouldBeNull();
        notification.InvalidRegistrations.ShouldBe([devices[1].PublicId]);
        var state = await BatchState.OfAsync(dispatch, key);
        state.Ends.ShouldBe(group.Select(attempt => attempt.End));
        state.Outcomes.ShouldBe(work.Outcomes);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(8, 1, 1, 10));
        (await dispatch.ValueAsync<int>("SELECT used FROM quota_window WHERE kind = 0")).ShouldBe(
            3,
            "gone, rejected and cancelled went back"
        );
    }

    [Fact]
    public async Task Settle_LastOfThem_CompletesOnceAndKeepsTheTime()
    {
        await SettleAllAsync(0, 5);
        (await dispatch.NotificationAsync(key.NotificationId)).CompletedAt.ShouldBeNull();

        dispatch.Clock.Advance(TimeSpan.FromSeconds(3));
        await SettleAllAsync(5, 1);
        var completed = dispatch.Clock.GetUtcNow();
        dispatch.Clock.Advance(TimeSpan.FromSeconds(3));
        (await dispatch.Node.Settlement.ReleaseAsync(work, [], nextDue: null)).ShouldBe(Hold.Kept);

        var notification = await dispatch.NotificationAsync(key.NotificationId);
        notification.Status.ShouldBe(NotificationStatus.Completed);
        notification.CompletedAt.ShouldBe(completed);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(4, 0, 6, 10));
        dispatch.Clock.Advance(TimeSpan.FromDays(1));
        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Settle_UnderALostLease_WritesNothing()
    {
        dispatch.Clock.Advance(new DeliverySettings().Lease);
        var holder = (await dispatch.StartNode().Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldNotBeNull();
        var before = await SnapshotAsync();
        Attempt[] group =
        [
            Attempt.Ended(0, DeliveryEnd.Accepted, DeliveryReason.None),
            Attempt.Ended(1, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription),
            Attempt.Ended(2, DeliveryEnd.Rejected, DeliveryReason.KeyMismatch),
        ];

        (await dispatch.Node.Settlement.SettleAsync(work, group)).ShouldBe(Hold.Lost);
        (await dispatch.Node.Settlement.ReleaseAsync(work, group, nextDue: null)).ShouldBe(Hold.Lost);

        (await SnapshotAsync()).ShouldBe(before);
        work.Outcomes.ShouldAllBe(outcome => outcome == 0);
        holder.Lease.ShouldBeGreaterThan(key.Lease);
    }

    [Fact]
    public async Task Settle_AfterTheBatchWasLetGo_WritesNothing()
    {
        (await dispatch.Node.Settlement.ReleaseAsync(work, [], dispatch.Clock.GetUtcNow())).ShouldBe(Hold.Kept);
        var before = await SnapshotAsync();

        (await dispatch.Node.Settlement.SettleAsync(work, [Attempt.Ended(0, DeliveryEnd.Accepted, DeliveryReason.None)])).ShouldBe(Hold.Lost);

        (await SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Settle_Accepted_CountsAndForgetsEarlierRefusals()
    {
        await dispatch.ExecuteAsync("UPDATE registration SET refusals = 4, refused_since = 1");

        await SettleAllAsync(0, 6);

        (
            await dispatch.ValueAsync<int>(
                "SELECT count(*) FROM registration WHERE notification_count = 1 AND last_notified_at = @now AND refusals = 0 AND refused_since IS NULL",
                new { now = dispatch.Clock.GetUtcNow().ToUnixTimeMilliseconds() }
            )
        ).ShouldBe(6);
    }

    [Fact]
    public async Task Settle_GoneAfterItWasDeregistered_StaysUnregistered()
    {
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, devices[0].Id, "left", CancellationToken.None);

        (await dispatch.Node.Settlement.SettleAsync(work, [Attempt.Ended(0, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription)])).ShouldBe(Hold.Kept);

        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, devices[0].Id, CancellationToken.None))!.Status.ShouldBe(
            RegistrationStatus.Unregistered
        );
        (await dispatch.ValueAsync<int>("SELECT active_registrations FROM service")).ShouldBe(5);
    }

    private async Task SettleAllAsync(int from, int count)
    {
        var group = Enumerable.Range(from, count).Select(at => Attempt.Ended(at, DeliveryEnd.Accepted, DeliveryReason.None)).ToArray();
        (await dispatch.Node.Settlement.SettleAsync(work, group)).ShouldBe(Hold.Kept);
    }

    /// <summary>Everything that a settlement could write.</summary>
    private async Task<string> SnapshotAsync()
    {
        string[] tables =
        [
            """
                SELECT accepted || ' ' || gone || ' ' || rejected || ' ' || expired || ' ' || cancelled || ' ' || coalesce(completed_at, 0)
                FROM notification
                """,
            "SELECT used || ' of ' || kind FROM quota_window ORDER BY kind",
            "SELECT credit_available || ' ' || credit_held FROM organization",
            "SELECT kind || ' ' || amount FROM credit_movement ORDER BY id",
            "SELECT status || ' ' || refusals || ' ' || notification_count FROM registration ORDER BY id",
            "SELECT 'active ' || active_registrations FROM service",
        ];
        var state = await BatchState.OfAsync(dispatch, key);
        List<string> rows = [$"{string.Join(' ', state.Ends)} {state.Attempt} {state.Lease} {state.DueAt}"];
        foreach (var table in tables)
        {
            rows.AddRange(await dispatch.ListAsync<string>(table));
        }

        return string.Join('\n', rows);
    }
}
