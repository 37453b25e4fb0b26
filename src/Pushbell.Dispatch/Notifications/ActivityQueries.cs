using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>What was sent in one stretch of time, and what became of it since.</summary>
public sealed record ActivityBucket
{
    /// <summary>How many buckets lie before it.</summary>
    public long Number { get; init; }

    public long Requests { get; init; }

    public long Targets { get; init; }

    public long Accepted { get; init; }

    /// <summary>Ended without acceptance, by nobody's wish.</summary>
    public long Failed { get; init; }

    /// <summary>Recalled in time.</summary>
    public long Cancelled { get; init; }

    public long Shown { get; init; }

    public long Clicked { get; init; }
}

/// <summary>A row of buckets without gaps; the last one holds the present.</summary>
/// <param name="From">Where the first begins.</param>
/// <param name="Length">Of each.</param>
/// <param name="Buckets">The oldest first, empty ones too.</param>
public sealed record Activity(DateTimeOffset From, TimeSpan Length, IReadOnlyList<ActivityBucket> Buckets);

/// <summary>What a service sends over time. A notification counts where it starts: when it was accepted, or when it was scheduled for.</summary>
public sealed class ActivityQueries(Database database, TimeProvider clock)
{
    // As the index on it has it.
    private const string Start = "coalesce(starts_at, created_at)";

    /// <param name="caller">Whose.</param>
    /// <param name="length">Of a bucket; they begin at whole multiples of it since 1970, which for up to a day are whole hours and days of UTC.</param>
    /// <param name="count">How many buckets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Activity> OfAsync(Caller caller, TimeSpan length, int count, CancellationToken cancellationToken)
    {
        var (now, step) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), (long)length.TotalMilliseconds);
        var from = ((now / step) - (count - 1)) * step;
        var rows = await database.ReadAsync(
            session =>
                session.ListAsync<ActivityBucket>(
                    $"""
                    SELECT ({Start} - @from) / @step AS number, count(*) AS requests, sum(total_targets) AS targets, sum(accepted) AS accepted,
                           sum(gone + rejected + expired) AS failed, sum(cancelled) AS cancelled, sum(shown) AS shown, sum(clicked) AS clicked
                    FROM notification
                    WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND {Start} >= @from AND {Start} <= @now
                    GROUP BY 1
                    """,
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        from,
                        step,
                        now,
                    }
                ),
            cancellationToken
        );
        var filled = rows.ToDictionary(row => row.Number);
        return new Activity(
            DateTimeOffset.FromUnixTimeMilliseconds(from),
            length,
            [.. Enumerable.Range(0, count).Select(number => filled.GetValueOrDefault(number) ?? new ActivityBucket { Number = number })]
        );
    }

    /// <returns>How many have begun and have deliveries that have not ended.</returns>
    public Task<long> RunningAsync(Caller caller, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.FirstAsync<long>(
                    """
                    SELECT count(*) FROM notification
                    WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND completed_at IS NULL AND coalesce(starts_at, 0) <= @now
                    """,
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    }
                ),
            cancellationToken
        );
}
