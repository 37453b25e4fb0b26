using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>Where a request stands: the send answer, and what is pending and how the rest ended.</summary>
/// <param name="RequestId">The request, <c>req_…</c>.</param>
/// <param name="TotalTargets">How many registrations were found.</param>
/// <param name="SuccessfulSends">Deliveries that a push service has accepted.</param>
/// <param name="FailedSends">Deliveries that have ended otherwise. What waits for a retry is in neither count.</param>
/// <param name="InvalidRegistrations">Ids of the target that no active registration has.</param>
/// <param name="Message">The status in a sentence.</param>
/// <param name="Status">queued: not begun; scheduled: to begin at send_at; processing: some deliveries are pending; completed: all have ended; cancelled: recalled before that.</param>
/// <param name="Pending">Deliveries that have not ended.</param>
/// <param name="Outcomes">How the others ended.</param>
/// <param name="CreatedAt">When the send was accepted.</param>
/// <param name="SendAt">When delivery begins, if not at once.</param>
/// <param name="CompletedAt">When the last delivery ended; null while some are pending.</param>
/// <param name="Withdrawn">Accepted messages that were deleted at the push service after a cancel, before a browser fetched them.</param>
/// <param name="Receipts">What browsers reported of it.</param>
internal sealed record RequestAnswer(
    string RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    IReadOnlyList<string> InvalidRegistrations,
    string Message,
    string Status,
    [property: JsonPropertyOrder(1)] int Pending,
    [property: JsonPropertyOrder(1)] OutcomesAnswer Outcomes,
    [property: JsonPropertyOrder(1)] DateTimeOffset CreatedAt,
    [property: JsonPropertyOrder(1)] DateTimeOffset? SendAt,
    [property: JsonPropertyOrder(1)] DateTimeOffset? CompletedAt,
    [property: JsonPropertyOrder(1)] int Withdrawn,
    [property: JsonPropertyOrder(1)] ReceiptsSummary Receipts
) : SendAnswer(RequestId, TotalTargets, SuccessfulSends, FailedSends, InvalidRegistrations, Message, Status)
{
    public static new RequestAnswer Of(Notification notification) =>
        new(
            PublicId.Notification(notification.Id),
            notification.TotalTargets,
            notification.Accepted,
            notification.Failed,
            notification.InvalidRegistrations,
            MessageOf(notification),
            StatusNames.Of(notification.Status),
            notification.Pending,
            OutcomesAnswer.Of(notification),
            notification.CreatedAt,
            notification.SendAt,
            notification.CompletedAt,
            notification.Withdrawn,
            ReceiptsSummary.Of(notification.Receipts)
        );
}

/// <summary>What browsers reported, each recipient once per event; accepted is not shown.</summary>
/// <param name="Shown">On the screen.</param>
/// <param name="Clicked">Tapped.</param>
/// <param name="Dismissed">Swiped away.</param>
/// <param name="LinkClicks">How often its click link was followed, by whomever; 0 where the service has none.</param>
internal sealed record ReceiptsSummary(int Shown, int Clicked, int Dismissed, int LinkClicks)
{
    public static ReceiptsSummary Of(ReceiptCounts counts) => new(counts.Shown, counts.Clicked, counts.Dismissed, counts.LinkClicks);
}

/// <summary>How the deliveries of a request ended.</summary>
/// <param name="Accepted">A push service took the message.</param>
/// <param name="Gone">The push service no longer knows the subscription.</param>
/// <param name="Rejected">The push service refused the message.</param>
/// <param name="Expired">The TTL ran out before a push service took it.</param>
/// <param name="Cancelled">Recalled, or the recipient left, before a push service took it.</param>
internal sealed record OutcomesAnswer(int Accepted, int Gone, int Rejected, int Expired, int Cancelled)
{
    public static OutcomesAnswer Of(Notification notification) =>
        new(notification.Accepted, notification.Gone, notification.Rejected, notification.Expired, notification.Cancelled);
}

/// <summary>A request in a list.</summary>
/// <param name="RequestId">The request, <c>req_…</c>.</param>
/// <param name="TotalTargets">How many registrations were found.</param>
/// <param name="SuccessfulSends">Deliveries that a push service has accepted.</param>
/// <param name="FailedSends">Deliveries that have ended otherwise. What waits for a retry is in neither count.</param>
/// <param name="Status">queued: not begun; scheduled: to begin at send_at; processing: some deliveries are pending; completed: all have ended; cancelled: recalled before that.</param>
/// <param name="Pending">Deliveries that have not ended.</param>
/// <param name="Outcomes">How the others ended.</param>
/// <param name="CreatedAt">When the send was accepted.</param>
/// <param name="CompletedAt">When the last delivery ended; null while some are pending.</param>
internal sealed record RequestSummary(
    string RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    [property: AllowedValues("queued", "scheduled", "processing", "completed", "cancelled")] string Status,
    int Pending,
    OutcomesAnswer Outcomes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt
)
{
    public static RequestSummary Of(Notification notification) =>
        new(
            PublicId.Notification(notification.Id),
            notification.TotalTargets,
            notification.Accepted,
            notification.Failed,
            StatusNames.Of(notification.Status),
            notification.Pending,
            OutcomesAnswer.Of(notification),
            notification.CreatedAt,
            notification.CompletedAt
        );
}

/// <summary>Requests, newest first.</summary>
/// <param name="Requests">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record RequestsAnswer(IReadOnlyList<RequestSummary> Requests, string? Next);

/// <summary>One recipient of a request.</summary>
/// <param name="RegistrationId">The registration, <c>reg_…</c>.</param>
/// <param name="Outcome">How its delivery ended, or that it has not.</param>
/// <param name="Reason">Why it ended so, or why it still waits; null when there is nothing to say.</param>
internal sealed record DeliveryAnswer(
    string RegistrationId,
    [property: AllowedValues("pending", "accepted", "gone", "rejected", "expired", "cancelled")] string Outcome,
    string? Reason
)
{
    public static DeliveryAnswer Of(DeliveryEntry entry) =>
        new(
            PublicId.Registration(entry.Registration),
            StatusNames.Of(entry.State.End),
            StatusNames.Of(entry.State.Reason)
        );
}

/// <summary>Recipients in the order in which they are served.</summary>
/// <param name="Deliveries">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record DeliveriesAnswer(IReadOnlyList<DeliveryAnswer> Deliveries, string? Next);
