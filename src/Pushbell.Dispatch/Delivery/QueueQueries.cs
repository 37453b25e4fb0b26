using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What an organization has waiting, and what has come to an end lately.</summary>
public sealed record QueueState
{
    /// <summary>Deliveries that have not ended, scheduled ones too.</summary>
    public long Pending { get; init; }

    /// <summary>Of these, the ones that are due and in no batch yet: nobody has claimed their key range.</summary>
    public long Unclaimed { get; init; }

    /// <summary>Batches that somebody works on.</summary>
    public long Leased { get; init; }

    /// <summary>Batches that wait for their time: a retry, or a scheduled send.</summary>
    public long Waiting { get; init; }

    /// <summary>Batches that anybody may claim.</summary>
    public long Due { get; init; }

    /// <summary>Of these, the ones that have been due for longer than <see cref="QueueQueries.Overdue"/>.</summary>
    public long Overdue { get; init; }

    /// <summary>Since when the longest waiting of them is due, in Unix milliseconds; null when none is.</summary>
    public long? OldestDueAt { get; init; }

    /// <summary>Notifications that ended within <see cref="QueueQueries.Recent"/>.</summary>
    public long RecentlyEnded { get; init; }

    /// <summary>Their deliveries that a push service accepted.</summary>
    public long RecentlyAccepted { get; init; }

    /// <summary>Their other deliveries.</summary>
    public long RecentlyFailed { get; init; }
}

/// <summary>Where the queue stands, read from the ledger.</summary>
public sealed class QueueQueries(Database database, TimeProvider clock)
{
    /// <summary>Workers look every second: what is due for so long, nobody comes for.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    public Task<QueueState> GetAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var now = clock.GetUtcNow();
                return await session.FirstAsync<QueueState>(
                        Select(session.Dialect.Now),
                        new
                        {
                            organization,
                            now = now.ToUnixTimeMilliseconds(),
                            recently = (now - Recent).ToUnixTimeMilliseconds(),
                            overdue = (long)Overdue.TotalMilliseconds,
                        }
                    ) ?? new QueueState();
            },
            cancellationToken
        );

    /// <summary>Only what is open is looked at, by the indexes that claims use; a notification that is neither is over.</summary>
    private static string Select(string now) =>
        $"""
        SELECT o.pending, o.unclaimed, b.leased, b.waiting, b.due, b.overdue, b.oldest_due_at, e.recently_ended, e.recently_accepted, e.recently_failed
        FROM (
            SELECT coalesce(sum(total_targets - accepted - gone - rejected - expired - cancelled), 0) AS pending,
                   coalesce(sum(CASE WHEN cursor_after IS NOT NULL AND coalesce(starts_at, created_at) <= {now} THEN total_targets - fanned_out ELSE 0 END), 0) AS unclaimed
            FROM notification
            WHERE organization_id = @organization AND (cursor_after IS NOT NULL
                OR id IN (SELECT notification_id FROM batch WHERE organization_id = @organization AND due_at IS NOT NULL))) o,
        (
            SELECT coalesce(sum(CASE WHEN due_at > {now} AND is_leased = 1 THEN 1 ELSE 0 END), 0) AS leased,
                   coalesce(sum(CASE WHEN due_at > {now} AND is_leased = 0 THEN 1 ELSE 0 END), 0) AS waiting,
                   coalesce(sum(CASE WHEN due_at <= {now} THEN 1 ELSE 0 END), 0) AS due,
                   coalesce(sum(CASE WHEN due_at <= {now} - @overdue THEN 1 ELSE 0 END), 0) AS overdue,
                   min(CASE WHEN due_at <= {now} THEN due_at END) AS oldest_due_at
            FROM batch WHERE organization_id = @organization AND due_at IS NOT NULL) b,
        (
            SELECT count(*) AS recently_ended, coalesce(sum(accepted), 0) AS recently_accepted, coalesce(sum(total_targets - accepted), 0) AS recently_failed
            FROM notification WHERE organization_id = @organization AND completed_at > @recently) e
        """;
}
