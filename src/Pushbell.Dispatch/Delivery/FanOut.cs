using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Turns a broadcast's cursor into batches, one key range at a time and only when a worker asks for it: in one transaction the cursor
/// moves and the batch appears, leased. Organizations take turns: the one whose last turn is longest ago goes first.
/// </summary>
internal sealed class FanOut(Credits credits, DeliverySettings settings, TimeProvider clock)
{
    /// <returns>The next batch, leased to the caller; null when no broadcast has a range left.</returns>
    public async Task<BatchKey?> NextRangeAsync(Session session)
    {
        while (await NextBroadcastAsync(session) is { } broadcast)
        {
            var ids = await NextIdsAsync(session, broadcast);
            if (ids.Count > 0)
            {
                return await LeaseAsync(session, broadcast, ids);
            }

            await CloseAsync(session, broadcast);
        }

        return null;
    }

    private static Task<Broadcast?> NextBroadcastAsync(Session session) =>
        session.FirstAsync<Broadcast>(
            $"""
            SELECT n.organization_id, n.id, n.service_id, n.cursor_after, n.cursor_upto, n.batches, n.fanned_out, n.total_targets,
                   n.is_metered, n.hour_window, n.day_window
            FROM notification n JOIN organization o ON o.id = n.organization_id
            WHERE n.cursor_after IS NOT NULL ORDER BY o.served, n.id LIMIT 1 {session.Dialect.SkipLocked}
            """
        );

    private static Task<IReadOnlyList<long>> NextIdsAsync(Session session, Broadcast broadcast) =>
        session.ListAsync<long>(
            """
            SELECT id FROM registration
            WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id > @CursorAfter AND id <= @CursorUpto AND status = 0
            ORDER BY id LIMIT @limit
            """,
            new
            {
                broadcast.OrganizationId,
                broadcast.ServiceId,
                broadcast.CursorAfter,
                broadcast.CursorUpto,
                // Never more than were counted, reserved and paid for at acceptance, should some have come back meanwhile.
                limit = Math.Min(Batch.MaxRecipients, broadcast.Missing),
            }
        );

    private async Task<BatchKey> LeaseAsync(Session session, Broadcast broadcast, IReadOnlyList<long> ids)
    {
        var key = new BatchKey(broadcast.OrganizationId, broadcast.Id, broadcast.Batches, Lease: 1);
        await Batch.InsertAsync(session, key, broadcast.ServiceId, ids.ToArray(), clock.GetUtcNow() + settings.Lease);
        await session.ExecuteAsync(
            """
            UPDATE notification SET cursor_after = @last, batches = batches + 1, fanned_out = fanned_out + @count
            WHERE organization_id = @OrganizationId AND id = @Id
            """,
            new { broadcast.OrganizationId, broadcast.Id, last = ids[^1], count = ids.Count }
        );
        await session.ExecuteAsync(
            "UPDATE organization SET served = (SELECT max(served) + 1 FROM organization) WHERE id = @OrganizationId",
            new { broadcast.OrganizationId }
        );
        return key;
    }

    /// <summary>The cursor is through. Whoever left before his turn came ends <em>cancelled</em>; quota and credits for him go back.</summary>
    private async Task CloseAsync(Session session, Broadcast broadcast)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await session.ExecuteAsync(
            """
            UPDATE notification SET cursor_after = NULL, cancelled = cancelled + @Missing,
                completed_at = coalesce(completed_at,
                    CASE WHEN accepted + gone + rejected + expired + cancelled + @Missing = total_targets THEN @now END)
            WHERE organization_id = @OrganizationId AND id = @Id
            """,
            new { broadcast.OrganizationId, broadcast.Id, broadcast.Missing, now }
        );
        await Quota.GiveBackAsync(session, broadcast.OrganizationId, new(broadcast.HourWindow, broadcast.DayWindow), broadcast.Missing);
        if (broadcast.IsMetered != 0)
        {
            await credits.SettleAsync(session, broadcast.OrganizationId, broadcast.Id, spent: 0, returned: broadcast.Missing);
        }
    }

    private sealed record Broadcast
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }

        public long ServiceId { get; init; }

        public long CursorAfter { get; init; }

        public long CursorUpto { get; init; }

        public int Batches { get; init; }

        public int FannedOut { get; init; }

        public int TotalTargets { get; init; }

        public int IsMetered { get; init; }

        public long HourWindow { get; init; }

        public long DayWindow { get; init; }

        public int Missing => TotalTargets - FannedOut;
    }
}
