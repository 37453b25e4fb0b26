using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Notifications;

/// <summary>One recipient of a notification.</summary>
/// <param name="RegistrationId">The client, <c>reg_…</c>.</param>
/// <param name="UserEmail">Whose it is; null when that is not known, or not kept.</param>
/// <param name="Device">Such as "Chrome on Android"; null when the browser did not say.</param>
/// <param name="PushService">The host of its push service.</param>
/// <param name="Outcome">How its delivery ended, or that it has not.</param>
/// <param name="Reason">Why it ended so, or why it still waits; null when there is nothing to say.</param>
/// <param name="ReasonText">The same in plain words, and what to do.</param>
/// <param name="Shown">The browser reported it as shown.</param>
/// <param name="Clicked">As clicked.</param>
/// <param name="Dismissed">As dismissed.</param>
internal sealed record Delivery(
    string RegistrationId,
    string? UserEmail,
    string? Device,
    string? PushService,
    [property: AllowedValues("pending", "accepted", "gone", "rejected", "expired", "cancelled")] string Outcome,
    string? Reason,
    string? ReasonText,
    bool Shown,
    bool Clicked,
    bool Dismissed
)
{
    /// <param name="entry">From the ledger.</param>
    /// <param name="client">Whose registration it is.</param>
    public static Delivery Of(DeliveryEntry entry, Registration? client) =>
        new(
            PublicId.Registration(entry.Registration),
            client?.Email,
            DeviceName.Of(client?.DeviceInfo),
            client is null ? null : new Uri(client.PushService).Authority,
            StatusNames.Of(entry.State.End),
            StatusNames.Of(entry.State.Reason),
            DeliveryWords.Of(entry.State.Reason)?.ToString(),
            entry.Receipts.HasFlag(ReceiptEvents.Shown),
            entry.Receipts.HasFlag(ReceiptEvents.Clicked),
            entry.Receipts.HasFlag(ReceiptEvents.Dismissed)
        );
}

/// <summary>Recipients in the order in which they are served.</summary>
/// <param name="Deliveries">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record DeliveryList(IReadOnlyList<Delivery> Deliveries, string? Next);

/// <summary>The deliveries of a notification, added up. Recipients of a broadcast are counted once their turn has come.</summary>
/// <param name="ByPushService">The largest first.</param>
/// <param name="ByReason">The most frequent first; accepted deliveries have none.</param>
internal sealed record Breakdown(IReadOnlyList<PushServiceShare> ByPushService, IReadOnlyList<ReasonShare> ByReason)
{
    public static Breakdown Of(Dispatch.Notifications.Breakdown breakdown) =>
        new([.. breakdown.ByPushService.Select(PushServiceShare.Of)], [.. breakdown.ByReason.Select(ReasonShare.Of)]);
}

/// <summary>How the deliveries through one push service stand.</summary>
/// <param name="Origin">The push service.</param>
/// <param name="Accepted">It took the message.</param>
/// <param name="Gone">It no longer knows the subscription.</param>
/// <param name="Rejected">It refused the message.</param>
/// <param name="Expired">The TTL ran out before it took the message.</param>
/// <param name="Cancelled">Recalled, or the recipient left.</param>
/// <param name="Pending">Not ended.</param>
internal sealed record PushServiceShare(string Origin, int Accepted, int Gone, int Rejected, int Expired, int Cancelled, int Pending)
{
    public static PushServiceShare Of(Dispatch.Notifications.PushServiceShare share)
    {
        int Count(DeliveryEnd end) => share.Ends.GetValueOrDefault(end);
        return new(
            share.Origin,
            Count(DeliveryEnd.Accepted),
            Count(DeliveryEnd.Gone),
            Count(DeliveryEnd.Rejected),
            Count(DeliveryEnd.Expired),
            Count(DeliveryEnd.Cancelled),
            Count(DeliveryEnd.Pending)
        );
    }
}

/// <summary>How many deliveries ended, or wait, for one reason.</summary>
/// <param name="Reason">To branch on.</param>
/// <param name="ReasonText">In plain words, and what to do.</param>
/// <param name="Count">How many.</param>
internal sealed record ReasonShare(string Reason, string ReasonText, int Count)
{
    public static ReasonShare Of(Dispatch.Notifications.ReasonShare share) =>
        new(StatusNames.Of(share.Reason)!, DeliveryWords.Of(share.Reason)!.ToString(), share.Count);
}
