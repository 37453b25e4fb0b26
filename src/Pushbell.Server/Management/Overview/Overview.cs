using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using CreditTotals = Pushbell.Server.Management.Organizations.CreditTotals;

namespace Pushbell.Server.Management.Overview;

/// <summary>How a service is doing.</summary>
/// <param name="From">When the first bucket begins.</param>
/// <param name="BucketSeconds">How long each is.</param>
/// <param name="Buckets">The oldest first, without gaps; the last one holds the present.</param>
/// <param name="Totals">Of all buckets.</param>
/// <param name="Clients">Of the service, and what changed in the range.</param>
/// <param name="Quota">What the plan allows.</param>
/// <param name="Credits">Of the organization.</param>
/// <param name="OpenAlarms">Of the organization.</param>
/// <param name="Running">Notifications that have begun and have pending deliveries.</param>
internal sealed record Overview(
    DateTimeOffset From,
    int BucketSeconds,
    IReadOnlyList<Bucket> Buckets,
    ActivityTotals Totals,
    ClientTotals Clients,
    QuotaGauges Quota,
    CreditTotals Credits,
    int OpenAlarms,
    long Running
);

/// <summary>What was sent in one stretch of time, and what became of it since.</summary>
/// <param name="At">When it begins. A notification counts where it started.</param>
/// <param name="Requests">Notifications.</param>
/// <param name="Targets">Their recipients.</param>
/// <param name="Accepted">Deliveries that a push service has accepted.</param>
/// <param name="Failed">Deliveries that have ended otherwise, by nobody's wish.</param>
/// <param name="Cancelled">Deliveries that were cancelled in time.</param>
/// <param name="Shown">Reported as shown.</param>
/// <param name="Clicked">Reported as clicked.</param>
internal sealed record Bucket(DateTimeOffset At, long Requests, long Targets, long Accepted, long Failed, long Cancelled, long Shown, long Clicked)
{
    public static Bucket Of(Activity activity, ActivityBucket bucket) =>
        new(
            activity.From + (bucket.Number * activity.Length),
            bucket.Requests,
            bucket.Targets,
            bucket.Accepted,
            bucket.Failed,
            bucket.Cancelled,
            bucket.Shown,
            bucket.Clicked
        );
}

/// <summary>What was sent in the whole range, and what became of it.</summary>
/// <param name="Requests">Notifications.</param>
/// <param name="Targets">Their recipients.</param>
/// <param name="Accepted">Deliveries that a push service has accepted.</param>
/// <param name="Failed">Deliveries that have ended otherwise, by nobody's wish.</param>
/// <param name="Cancelled">Deliveries that were cancelled in time.</param>
/// <param name="Shown">Reported as shown.</param>
/// <param name="Clicked">Reported as clicked.</param>
internal sealed record ActivityTotals(long Requests, long Targets, long Accepted, long Failed, long Cancelled, long Shown, long Clicked)
{
    public static ActivityTotals Of(IReadOnlyList<ActivityBucket> buckets) =>
        new(
            buckets.Sum(bucket => bucket.Requests),
            buckets.Sum(bucket => bucket.Targets),
            buckets.Sum(bucket => bucket.Accepted),
            buckets.Sum(bucket => bucket.Failed),
            buckets.Sum(bucket => bucket.Cancelled),
            buckets.Sum(bucket => bucket.Shown),
            buckets.Sum(bucket => bucket.Clicked)
        );
}

/// <summary>The clients of a service.</summary>
/// <param name="Active">How many are sent to now.</param>
/// <param name="NewInRange">Registered for the first time in the range.</param>
/// <param name="EndedInRange">Ended in the range, and not active again.</param>
internal sealed record ClientTotals(long Active, long NewInRange, long EndedInRange)
{
    public static ClientTotals Of(ServiceInfo service, RegistrationMovement movement) =>
        new(service.ActiveRegistrations, movement.Registered, movement.Ended);
}

/// <summary>What the plan allows, per UTC hour and day.</summary>
/// <param name="Hourly">This hour.</param>
/// <param name="Daily">Today.</param>
internal sealed record QuotaGauges(QuotaGauge Hourly, QuotaGauge Daily)
{
    public static QuotaGauges Of(QuotaUsage usage) => new(QuotaGauge.Of(usage.Hour), QuotaGauge.Of(usage.Day));
}

/// <summary>How much of a quota is used.</summary>
/// <param name="Limit">Null without a limit.</param>
/// <param name="Used">Deliveries so far.</param>
/// <param name="ResetsAt">When it begins anew.</param>
internal sealed record QuotaGauge(int? Limit, long Used, DateTimeOffset ResetsAt)
{
    public static QuotaGauge Of(QuotaWindow window) => new(window.Limit, window.Used, window.ResetsAt);
}
