using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Turns a broadcast's cursor into batches, one key range at a time and only when a worker asks for it: in one transaction the cursor
/// moves and the batch appears, leased. Broadcasts of one organization are served in the order in which they were accepted.
/// </summary>
internal sealed class FanOut(Bookkeeping books, DeliverySettings settings, TimeProvider clock)
{
    private const string HasRange = "n.cursor_after IS NOT NULL AND coalesce(n.starts_at, 0) <=";

    /// <summary>The organizations with a broadcast that has a range left, in the lanes up to @lanes.</summary>
    public static string Waiting(Dialect dialect) =>
        $"SELECT n.organization_id FROM notification n WHERE {HasRange} {dialect.Now} AND n.lane <= @lanes";

    /// <returns>The next batch, leased to the caller; null when no broadcast of this lane has a range left.</returns>
    public async Task<BatchKey?> NextRangeAsync(Session session, long organization, Lane lane)
    {
        while (await NextBroadcastAsync(session, organization, lane) is { } broadcast)
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

    // Waits for its row, which settlements of the same broadcast hold for moments: there is one cursor, and passing it over finds nothing else.
    private Task<Broadcast?> NextBroadcastAsync(Session session, long organization, Lane lane) =>
        session.FirstAsync<Broadcast>(
            $"""
            SELECT n.organization_id, n.id, n.service_id, n.lane, n.cursor_after, n.cursor_upto, n.batches, n.fanned_out, n.total_targets,
                   n.is_metered, n.hour_window, n.day_window
            FROM notification n
            WHERE n.organization_id = @organization AND n.lane = @lane AND {HasRange} {session.Dialect.Now}
            ORDER BY n.id LIMIT 1 {session.Dialect.ForUpdate}
            """,
            new
            {
                organization,
                lane = (int)lane,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
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
        var (lane, recipients) = ((Lane)broadcast.Lane, ids.ToArray());
        await Batch.InsertAsync(session, key, broadcast.ServiceId, lane, recipients, startsAt: null, settings.Lease, clock.GetUtcNow());
        await session.ExecuteAsync(
            """
            UPDATE notification SET cursor_after = @last, batches = batches + 1, fanned_out = fanned_out + @count
            WHERE organization_id = @OrganizationId AND id = @Id
            """,
            new { broadcast.OrganizationId, broadcast.Id, last = ids[^1], count = ids.Count }
        );
        return key;
    }

    /// <summary>The cursor is through. Whoever left before his turn came ends <em>cancelled</em>; quota and credits for him go back.</summary>
    private async Task CloseAsync(Session session, Broadcast broadcast)
    {
        await session.ExecuteAsync(
            "UPDATE notification SET cursor_after = NULL WHERE organization_id = @OrganizationId AND id = @Id",
            new { broadcast.OrganizationId, broadcast.Id }
        );
        await books.EnterAsync(session, broadcast.ToBill(), new Ends { Cancelled = broadcast.Missing });
    }

    private sealed record Broadcast
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }

        public long ServiceId { get; init; }

        public int Lane { get; init; }

        public long CursorAfter { get; init; }

        public long CursorUpto { get; init; }

        public int Batches { get; init; }

        public int FannedOut { get; init; }

        public int TotalTargets { get; init; }

        public int IsMetered { get; init; }

        public long HourWindow { get; init; }

        public long DayWindow { get; init; }

        public int Missing => TotalTargets - FannedOut;

        public Bill ToBill() => new(OrganizationId, Id, new QuotaWindows(HourWindow, DayWindow), IsMetered != 0);
    }
}
