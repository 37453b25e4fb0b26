using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Who works on what. A claim is a lease with a fencing token: whoever claims a batch raises its token, and nothing that was begun under
/// an older one can be written. Organizations take turns; within one the express lane comes first, and in each lane lapsed leases and due
/// retries come before new key ranges of a broadcast.
/// </summary>
internal sealed class Claims(
    Database database,
    FanOut fanOut,
    Leases leases,
    DeliverySettings settings,
    IdGenerator ids,
    TimeProvider clock
)
{
    // Another node may take what an organization has due between looking and claiming; then the next in turn is asked.
    private const int TurnsLookedAt = 8;

    /// <summary>Claims the next batch.</summary>
    /// <param name="lanes">The last lane to be served: <see cref="Lane.Bulk"/> is all of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is due.</returns>
    public async Task<BatchKey?> NextAsync(Lane lanes, CancellationToken cancellationToken)
    {
        // A look before the write transaction: an idle worker never takes the writer's lock.
        if ((await database.ReadAsync(session => WaitingAsync(session, lanes), cancellationToken)).Count == 0)
        {
            return null;
        }

        foreach (var lapsed in leases.Lapsed())
        {
            await RenewAsync(lapsed, cancellationToken);
        }

        while (true)
        {
            var claimed = await database.WriteAsync(
                session => NextAsync(session, lanes),
                keep: batch => batch is null || leases.OwnClaimOn(batch.Value) is null,
                cancellationToken
            );
            if (claimed is null || leases.OwnClaimOn(claimed.Value) is not { } own)
            {
                return claimed;
            }

            // It lapsed while this transaction waited for its turn, or by the database's clock only. The claim was undone.
            await RenewAsync(own, cancellationToken);
        }
    }

    private async Task<BatchKey?> NextAsync(Session session, Lane lanes)
    {
        foreach (var organization in await WaitingAsync(session, lanes))
        {
            if (await ClaimAsync(session, organization, lanes) is { } batch)
            {
                return batch;
            }
        }

        return null;
    }

    /// <summary>What another worker has by now is not ours any more, whoever of us still sends for it: it may come back to us as to anybody.</summary>
    private async Task RenewAsync(BatchKey own, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(session => leases.RenewAsync(session, own), cancellationToken) == Hold.Lost)
        {
            leases.Drop(own);
        }
    }

    /// <summary>The organizations that have something due, the one whose last turn is longest ago first.</summary>
    private Task<IReadOnlyList<long>> WaitingAsync(Session session, Lane lanes) =>
        session.ListAsync<long>(
            // The first part hops from organization to organization along the index of due batches, whatever the number of organizations.
            $"""
            WITH RECURSIVE live (id) AS (
                SELECT min(organization_id) FROM batch WHERE due_at IS NOT NULL
                UNION ALL
                SELECT (SELECT min(organization_id) FROM batch WHERE due_at IS NOT NULL AND organization_id > live.id) FROM live WHERE live.id IS NOT NULL
            )
            SELECT o.id FROM organization o
            WHERE o.id IN (
                SELECT id FROM live
                WHERE EXISTS (SELECT 1 FROM batch b WHERE b.organization_id = live.id AND b.lane = 0 AND b.due_at <= {session.Dialect.Now})
                   OR (@lanes > 0 AND EXISTS (SELECT 1 FROM batch b WHERE b.organization_id = live.id AND b.lane = 1 AND b.due_at <= {session.Dialect.Now}))
                UNION
                {FanOut.Waiting(session.Dialect)})
            ORDER BY o.served, o.id LIMIT {TurnsLookedAt}
            """,
            new { now = Now, lanes = (int)lanes }
        );

    private async Task<BatchKey?> ClaimAsync(Session session, long organization, Lane lanes)
    {
        for (var lane = Lane.Express; lane <= lanes; lane++)
        {
            var claimed = await DueBatchAsync(session, organization, lane) ?? await fanOut.NextRangeAsync(session, organization, lane);
            if (claimed is { } batch)
            {
                await session.ExecuteAsync(
                    "UPDATE organization SET served = @turn WHERE id = @organization",
                    new { organization, turn = ids.Next() }
                );
                return batch;
            }
        }

        return null;
    }

    private async Task<BatchKey?> DueBatchAsync(Session session, long organization, Lane lane)
    {
        var row = await session.FirstAsync<ClaimedBatch>(
            $"""
            WITH due AS MATERIALIZED (
                SELECT notification_id, id FROM batch
                WHERE organization_id = @organization AND lane = @lane AND due_at <= {session.Dialect.Now}
                ORDER BY due_at, notification_id, id LIMIT 1 {session.Dialect.SkipLocked})
            UPDATE batch SET lease = lease + 1, is_leased = 1, due_at = {session.Dialect.Now} + @lease
            WHERE organization_id = @organization AND (notification_id, id) IN (SELECT notification_id, id FROM due)
            RETURNING organization_id, notification_id, id, lease
            """,
            new
            {
                organization,
                lane = (int)lane,
                now = Now,
                lease = (long)settings.Lease.TotalMilliseconds,
            }
        );
        return row is null ? null : new BatchKey(row.OrganizationId, row.NotificationId, row.Id, row.Lease);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record ClaimedBatch
    {
        public long OrganizationId { get; init; }

        public long NotificationId { get; init; }

        public int Id { get; init; }

        public long Lease { get; init; }
    }
}
