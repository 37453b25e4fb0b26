using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>The plan's fixed UTC hour and day windows. A send reserves its targets in both, all or nothing, in the transaction that accepts it.</summary>
public sealed class Quota(TimeProvider clock)
{
    // Look and take in one statement: two that looked first would both find room.
    private const string Take = """
        INSERT INTO quota_window (organization_id, kind, starts_at, used)
        SELECT @organization, @kind, @startsAt, @amount WHERE @amount <= coalesce(@limit, @amount)
        ON CONFLICT (organization_id, kind, starts_at) DO UPDATE SET used = quota_window.used + @amount
        WHERE quota_window.used + @amount <= coalesce(@limit, quota_window.used + @amount)
        RETURNING used
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

    /// <summary>Reserves <paramref name="amount"/> deliveries in the current windows, or says which window is full; the caller then undoes all.</summary>
    public async Task<Result<QuotaWindows>> ReserveAsync(Session session, long organization, int amount)
    {
        var now = clock.GetUtcNow();
        var plan = await PlanAsync(session, organization);
        var windows = new QuotaWindows(Start(now, HourMilliseconds), Start(now, DayMilliseconds));
        if (await TakeAsync(session, organization, windows, amount, plan) is not { } usedThisHour)
        {
            return Full(await UsageAsync(session, organization, plan, now), amount);
        }

        if (usedThisHour == amount)
        {
            await ChangeAsync(session, organization, windows, amount, Prune);
        }

        return windows;
    }

    /// <returns>What has been taken from the hour by now; null when one of the windows has not so much left.</returns>
    private static async Task<long?> TakeAsync(Session session, long organization, QuotaWindows windows, int amount, Plan plan)
    {
        Task<long?> OfAsync(int kind, long startsAt, int? limit) =>
            session.FirstAsync<long?>(
                Take,
                new
                {
                    organization,
                    kind,
                    startsAt,
                    amount,
                    limit,
                }
            );
        var hour = await OfAsync(0, windows.Hour, plan.Hourly);
        return hour is not null && await OfAsync(1, windows.Day, plan.Daily) is not null ? hour : null;
    }

    private static Failure.QuotaExceeded Full(QuotaUsage usage, int amount)
    {
        // The day first: when both are full, it is the one to wait for.
        var window = new[] { usage.Day, usage.Hour }.First(window => window.Used + amount > window.Limit);
        return new Failure.QuotaExceeded(
            $"Notification quota exceeded for {window.Name}: this send has {amount} {(amount == 1 ? "target" : "targets")}, {window.Remaining} of {window.Limit} "
                + $"are left until {window.ResetsAt:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            window.ResetsAt - usage.At
        );
    }

    /// <summary>Gives back what ended gone, rejected or cancelled, each to the window it was taken from.</summary>
    public static Task GiveBackAsync(Session session, long organization, QuotaWindows windows, int amount) =>
        amount == 0 ? Task.CompletedTask : ChangeAsync(session, organization, windows, amount, GiveBack);

    public async Task<QuotaUsage> UsageAsync(Session session, long organization) =>
        await UsageAsync(session, organization, await PlanAsync(session, organization), clock.GetUtcNow());

    private static async Task<QuotaUsage> UsageAsync(Session session, long organization, Plan plan, DateTimeOffset now) =>
        new(
            now,
            await WindowAsync(session, organization, 0, "this hour", plan.Hourly, now, HourMilliseconds),
            await WindowAsync(session, organization, 1, "today", plan.Daily, now, DayMilliseconds)
        );

    private static async Task<Plan> PlanAsync(Session session, long organization)
    {
        var (name, hourly, daily) = await session.FirstAsync<(string Plan, int? CustomHourly, int? CustomDaily)>(
            "SELECT plan, custom_hourly, custom_daily FROM organization WHERE id = @organization",
            new { organization }
        );
        return Plan.Stored(name, hourly, daily);
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
