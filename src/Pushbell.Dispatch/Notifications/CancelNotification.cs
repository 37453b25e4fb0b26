using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// Recalls a notification. What nobody works on ends <em>cancelled</em> in the same transaction, with its quota and credits; who works
/// on a batch sees the recall at his next settlement and ends the rest of it; what push services still hold is withdrawn by a worker.
/// </summary>
internal sealed class CancelNotification(Database database, Bookkeeping books, TimeProvider clock)
{
    private const string Which = "organization_id = @OrganizationId AND notification_id = @id";

    /// <returns>The notification as it stands now; recalling it again changes nothing. Not found when it is another service's.</returns>
    public Task<Result<Notification>> RunAsync(Caller caller, long id, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Notification>>(
            async session =>
            {
                var now = clock.GetUtcNow();
                if (await FindAsync(session, caller, id) is not { } row)
                {
                    return new Failure.NotFound("There is no such request.");
                }

                if (row.CancelledAt is null)
                {
                    await RecallAsync(session, row, now.ToUnixTimeMilliseconds());
                }

                return (await NotificationQueries.FindAsync(session, caller, id, now))!;
            },
            cancellationToken
        );

    private static Task<Row?> FindAsync(Session session, Caller caller, long id) =>
        session.FirstAsync<Row>(
            $"""
            SELECT organization_id, id, cursor_after, fanned_out, total_targets, is_metered, hour_window, day_window, cancelled_at
            FROM notification WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id = @id {session.Dialect.ForUpdate}
            """,
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                id,
            }
        );

    private async Task RecallAsync(Session session, Row row, long now)
    {
        var scope = new
        {
            row.OrganizationId,
            id = row.Id,
            now,
        };
        await session.ExecuteAsync(
            "UPDATE notification SET cancelled_at = @now, cursor_after = NULL WHERE organization_id = @OrganizationId AND id = @id",
            scope
        );
        await session.ExecuteAsync($"UPDATE stored_message SET withdraw_at = {session.Dialect.Now} WHERE {Which}", scope);
        var unclaimed = row.CursorAfter is null ? 0 : row.TotalTargets - row.FannedOut;
        await books.EnterAsync(session, row.ToBill(), new Ends { Cancelled = unclaimed + await EndWaitingAsync(session, row) });
    }

    /// <summary>Ends what is pending in batches that nobody works on. Their token is raised: what is on its way under an old one comes to nothing.</summary>
    private static async Task<int> EndWaitingAsync(Session session, Row row)
    {
        var ended = 0;
        for (var after = -1; await NextWaitingAsync(session, row, after) is { } batch; after = batch.Id)
        {
            var outcomes = batch.Outcomes;
            ended += DeliveryState.Recall(outcomes);
            await session.ExecuteAsync(
                $"UPDATE batch SET outcomes = @outcomes, due_at = NULL, lease = lease + 1 WHERE {Which} AND id = @batch",
                new
                {
                    row.OrganizationId,
                    id = row.Id,
                    batch = batch.Id,
                    outcomes,
                }
            );
        }

        return ended;
    }

    private static Task<LedgerBatch?> NextWaitingAsync(Session session, Row row, int after) =>
        session.FirstAsync<LedgerBatch>(
            $"""
            SELECT id, recipients, outcomes FROM batch
            WHERE {Which} AND id > @after AND due_at IS NOT NULL AND is_leased = 0 ORDER BY id LIMIT 1 {session.Dialect.ForUpdate}
            """,
            new
            {
                row.OrganizationId,
                id = row.Id,
                after,
            }
        );

    private sealed record Row
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }

        public long? CursorAfter { get; init; }

        public int FannedOut { get; init; }

        public int TotalTargets { get; init; }

        public int IsMetered { get; init; }

        public long HourWindow { get; init; }

        public long DayWindow { get; init; }

        public long? CancelledAt { get; init; }

        public Bill ToBill() => new(OrganizationId, Id, new QuotaWindows(HourWindow, DayWindow), IsMetered != 0);
    }
}
