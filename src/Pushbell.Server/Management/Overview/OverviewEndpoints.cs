using Pushbell.Dispatch;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;
using CreditTotals = Pushbell.Server.Management.Organizations.CreditTotals;

namespace Pushbell.Server.Management.Overview;

internal static class OverviewEndpoints
{
    /// <summary>What can be looked back on, in how many buckets of which length.</summary>
    private static readonly Dictionary<string, (TimeSpan Length, int Count)> Ranges = new(StringComparer.Ordinal)
    {
        ["day"] = (TimeSpan.FromHours(1), 24),
        ["week"] = (TimeSpan.FromHours(6), 28),
        ["month"] = (TimeSpan.FromDays(1), 30),
    };

    public static async Task<IResult> GetAsync(HttpContext context, OverviewParts parts)
    {
        var range = context.Request.Query["range"].ToString() is { Length: > 0 } text ? text : "day";
        if (!Ranges.TryGetValue(range, out var wanted))
        {
            return ManageErrors.Of(new Failure.InvalidRequest($"range must be one of {string.Join(", ", Ranges.Keys)}."));
        }

        var (service, caller, ended) = (ManageGate.ServiceOf(context), ManageGate.CallerOf(context), context.RequestAborted);
        var activity = await parts.Activity.OfAsync(caller, wanted.Length, wanted.Count, ended);
        var movement = await parts.Registrations.MovementAsync(caller, activity.From, ended);
        var usage = await parts.Database.ReadAsync(session => parts.Quota.UsageAsync(session, caller.OrganizationId), ended);
        var alarms = await parts.Alarms.ListAsync(caller.OrganizationId, ended);
        return TypedResults.Json(
            new Overview(
                activity.From,
                (int)activity.Length.TotalSeconds,
                [.. activity.Buckets.Select(bucket => Bucket.Of(activity, bucket))],
                ActivityTotals.Of(activity.Buckets),
                ClientTotals.Of(service, movement),
                QuotaGauges.Of(usage),
                CreditTotals.Of(await parts.Credits.TotalsAsync(caller.OrganizationId, ended)),
                alarms.Count(alarm => alarm.ResolvedAt is null),
                await parts.Activity.RunningAsync(caller, ended)
            ),
            ManageResourcesJson.Default.Overview
        );
    }
}

/// <summary>Whom an overview asks.</summary>
internal sealed record OverviewParts(
    ActivityQueries Activity,
    RegistrationQueries Registrations,
    Database Database,
    Quota Quota,
    CreditQueries Credits,
    AlarmBoard Alarms
);
