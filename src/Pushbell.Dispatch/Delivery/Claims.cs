using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Who works on what. A claim is a lease with a fencing token: whoever claims a batch raises its token, and nothing that was begun
/// under an older one can be written. Lapsed leases and due retries come before new key ranges of a broadcast.
/// </summary>
internal sealed class Claims(Database database, FanOut fanOut, DeliverySettings settings, TimeProvider clock)
{
    private const string Key = "organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number AND lease = @Lease";

    /// <summary>Claims the next batch.</summary>
    /// <returns>Null when nothing is due.</returns>
    public async Task<BatchKey?> NextAsync(CancellationToken cancellationToken)
    {
        if (!await HasWorkAsync(cancellationToken))
        {
            return null;
        }

        return await database.WriteAsync(
            async session => await DueBatchAsync(session) ?? await fanOut.NextRangeAsync(session),
            cancellationToken
        );
    }

    /// <summary>Holds the batch for another lease.</summary>
    /// <returns>False when it was lost to another worker.</returns>
    public async Task<bool> RenewAsync(BatchKey key, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.ExecuteAsync($"UPDATE batch SET due_at = {session.Dialect.Now} + @lease WHERE {Key}", WithLease(key)),
            cancellationToken
        ) == 1;

    /// <summary>A look before the write transaction: an idle worker never takes the writer's lock.</summary>
    private Task<bool> HasWorkAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                await session.FirstAsync<int>(
                    $"""
                    SELECT CASE WHEN EXISTS (SELECT 1 FROM batch WHERE due_at <= {session.Dialect.Now})
                                  OR EXISTS (SELECT 1 FROM notification WHERE cursor_after IS NOT NULL) THEN 1 ELSE 0 END
                    """,
                    new { now = Now }
                ) == 1,
            cancellationToken
        );

    private Task<BatchKey?> DueBatchAsync(Session session) =>
        ClaimedBatch.ReadAsync(
            session,
            $"""
            UPDATE batch SET lease = lease + 1, due_at = {session.Dialect.Now} + @lease
            WHERE (organization_id, notification_id, id) IN (
                SELECT organization_id, notification_id, id FROM batch
                WHERE due_at <= {session.Dialect.Now} ORDER BY due_at LIMIT 1 {session.Dialect.SkipLocked})
            RETURNING organization_id, notification_id, id, lease
            """,
            new { now = Now, lease = LeaseMilliseconds }
        );

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long LeaseMilliseconds => (long)settings.Lease.TotalMilliseconds;

    private object WithLease(BatchKey key) =>
        new
        {
            key.OrganizationId,
            key.NotificationId,
            key.Number,
            key.Lease,
            now = Now,
            lease = LeaseMilliseconds,
        };

    private sealed record ClaimedBatch
    {
        public long OrganizationId { get; init; }

        public long NotificationId { get; init; }

        public int Id { get; init; }

        public long Lease { get; init; }

        public static async Task<BatchKey?> ReadAsync(Session session, string sql, object values) =>
            await session.FirstAsync<ClaimedBatch>(sql, values) is { } row
                ? new BatchKey(row.OrganizationId, row.NotificationId, row.Id, row.Lease)
                : null;
    }
}
