using System.Runtime.InteropServices;

namespace Pushbell.Simulation.Invariants;

/// <summary>Credits add up to the last one, and what stands in the quota windows is what was taken from them.</summary>
internal sealed class MoneyRules(LedgerReader reader, Violations violations)
{
    private static readonly TimeSpan WindowLifetime = TimeSpan.FromDays(40);
    private readonly Dictionary<long, long> pending = [];
    private readonly Dictionary<(long Organization, int Kind, long StartsAt), long> used = [];

    /// <summary>Takes a notification's change into the sums that its organization's rows must show.</summary>
    public void Apply(NotificationState? before, NotificationState after)
    {
        if (after.IsMetered)
        {
            Add(pending, after.Organization, after.Pending - (before?.Pending ?? 0));
        }

        var change = after.Used - (before?.Used ?? 0);
        Add(used, (after.Organization, 0, after.HourWindow), change);
        Add(used, (after.Organization, 1, after.DayWindow), change);
    }

    /// <param name="row">A notification that has just changed.</param>
    /// <param name="now">Unix milliseconds.</param>
    public void CheckQuota(NotificationState row, long now)
    {
        var swept = now - (long)WindowLifetime.TotalMilliseconds;
        foreach (var (kind, startsAt) in new[] { (0, row.HourWindow), (1, row.DayWindow) })
        {
            var expected = used[(row.Organization, kind, startsAt)];
            var stored = reader.QuotaUsed(row.Organization, kind, startsAt);
            // Old windows are swept away.
            if (stored != expected && !(stored == 0 && startsAt < swept))
            {
                violations.Add("quota", $"after {row.Topic}: window {kind}/{startsAt} says {stored}, reserved less given back is {expected}");
            }
        }
    }

    public void CheckCredits(long organization)
    {
        var credits = reader.Credits(organization);
        if (credits.Available is not { } available)
        {
            return;
        }

        var (toppedUp, held, spent, returned) = reader.Movements(organization);
        var promised = pending.GetValueOrDefault(organization);
        if (available < 0 || credits.Held < 0)
        {
            violations.Add("credits", $"available {available}, held {credits.Held}");
        }

        if (available + credits.Held + spent != toppedUp)
        {
            violations.Add("credits", $"available {available} + held {credits.Held} + spent {spent} is not the {toppedUp} topped up");
        }

        if (held - spent - returned != credits.Held || toppedUp - held + returned != available)
        {
            violations.Add(
                "credits",
                $"the movements (held {held}, spent {spent}, returned {returned}) do not come to available {available}, held {credits.Held}"
            );
        }

        if (credits.Held != promised)
        {
            violations.Add("credits", $"{credits.Held} are held for {promised} metered deliveries that are pending");
        }
    }

    private static void Add<TKey>(Dictionary<TKey, long> sums, TKey key, long change)
        where TKey : notnull => CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _) += change;
}
