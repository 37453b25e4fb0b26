using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>The plan's fixed UTC hour and day windows. A send reserves its targets in both, all or nothing, in the transaction that accepts it.</summary>
public sealed class Quota(TimeProvider clock)
{
    private const string Take = """
        INSERT INTO quota_window (organization_id, kind, starts_at, used) VALUES (@organization, @kind, @startsAt, @amount)
        ON CONFLICT (organization_id, kind, starts_at) DO UPDATE SET used = quota_window.used + @amount
        """;

    // No upsert of a negative amount: the row's CHECK is held against what would be inserted, before any conflict is looked for.
    private const string GiveBack = """
        UPDATE quota_window SET used = used - @amount WHERE organization_id = @organization AND kind = @kind AND starts_at = @startsAt
        """;

    // By number, not by age: a clock that leaps ahead and comes back must find its windows as full as it left them.
    private const string Prune = """
        DELETE FROM quota_window WHERE organization_id = @organization AND kind = @kind AND starts_at < (
            SELECT starts_at FROM quota_window WHERE organization_id = @organization AND kind = @kind ORDER BY starts_at DESC LIMIT 1 OFFSET @kept)
        """;

    // In hours longer than the longest TTL: what ends late is still given back to its own window.
    private const int WindowsKept = 1_000;

    private const long HourMilliseconds = 3_600_000, DayMilliseconds = 24 * HourMilliseconds;

    /// <summary>Reserves <paramref name="amount"/> deliveries in the current windows, or says which window is full.</summary>
    public async Task<Result<QuotaWindows>> ReserveAsync(Session session, long organization, int amount)
    {
        var usage = await UsageAsync(session, organization);
        // The day first: when both are full, it is the one to wait for.
        foreach (var window in new[] { usage.Day, usage.Hour })
        {
            if (window.Limit is { } limit && window.Used + amount > limit)
            {
                return new Failure.QuotaExceeded(
                    $"Notification quota exceeded for {window.Name}: this send has {amount} {(amount == 1 ? "target" : "targets")}, {Math.Max(0, limit - window.Used)} of {limit} "
                        + $"are left until {window.ResetsAt:yyyy-MM-dd'T'HH:mm:ss'Z'}",
                    window.ResetsAt - usage.At
                );
            }
        }

        var windows = new QuotaWindows(Start(usage.At, HourMilliseconds), Start(usage.At, DayMilliseconds));
        await ChangeAsync(session, organization, windows, amount, Take);
        if (usage.Hour.Used == 0)
        {
            await ChangeAsync(session, organization, windows, amount, Prune);
        }

        return windows;
    }

    /// <summary>Gives back what ended gone or rejected, each to the window it was taken from.</summary>
    public static Task GiveBackAsync(Session session, long organization, QuotaWindows windows, int amount) =>
        amount == 0 ? Task.CompletedTask : ChangeAsync(session, organization, windows, amount, GiveBack);

    public async Task<QuotaUsage> UsageAsync(Session session, long organization)
    {
        var now = clock.GetUtcNow();
        var (name, hourly, daily) = await session.FirstAsync<(string Plan, int? CustomHourly, int? CustomDaily)>(
            "SELECT plan, custom_hourly, custom_daily FROM organization WHERE id = @organization",
            new { organization }
        );
        var plan = Plan.Stored(name, hourly, daily);
        return new QuotaUsage(
            now,
            await WindowAsync(session, organization, 0, "this hour", plan.Hourly, now, HourMilliseconds),
            await WindowAsync(session, organization, 1, "today", plan.Daily, now, DayMilliseconds)
        );
    }

    private static async Task<QuotaWindow> WindowAsync(
        Session session,
        long organization,
        int kind,
        string name,
        int? limit,
        DateTimeOffset now,
        long length
    )
    {
        var startsAt = Start(now, length);
        var used = await session.FirstAsync<long>(
            "SELECT used FROM quota_window WHERE organization_id = @organization AND kind = @kind AND starts_at = @startsAt",
            new { organization, kind, startsAt }
        );
        return new QuotaWindow(name, limit, used, DateTimeOffset.FromUnixTimeMilliseconds(startsAt + length));
    }

    private static long Start(DateTimeOffset now, long length)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        return milliseconds - (milliseconds % length);
    }

    private static async Task ChangeAsync(Session session, long organization, QuotaWindows windows, int amount, string sql)
    {
        foreach (var (kind, startsAt) in new[] { (0, windows.Hour), (1, windows.Day) })
        {
            await session.ExecuteAsync(
                sql,
                new
                {
                    organization,
                    kind,
                    startsAt,
                    amount,
                    kept = WindowsKept,
                }
            );
        }
    }
}

/// <summary>The windows that a notification was reserved in: their starts in Unix milliseconds.</summary>
public readonly record struct QuotaWindows(long Hour, long Day);

public sealed record QuotaWindow(string Name, int? Limit, long Used, DateTimeOffset ResetsAt)
{
    /// <summary>Null when the plan has no limit.</summary>
    public long? Remaining => Limit is { } limit ? Math.Max(0, limit - Used) : null;
}

public sealed record QuotaUsage(DateTimeOffset At, QuotaWindow Hour, QuotaWindow Day);
