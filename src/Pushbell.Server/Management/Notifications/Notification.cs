using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.Server.Management.Notifications;

/// <summary>A notification and where it stands.</summary>
internal record NotificationSummary
{
    /// <summary>The notification, <c>req_…</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its body.</summary>
    public required string Body { get; init; }

    /// <summary>queued: not begun; scheduled: to begin at send_at; processing: some deliveries are pending; completed: all have ended; cancelled: recalled before that.</summary>
    [AllowedValues("queued", "scheduled", "processing", "completed", "cancelled")]
    public required string Status { get; init; }

    /// <summary>How many clients were found.</summary>
    public required int TotalTargets { get; init; }

    /// <summary>Deliveries that a push service has accepted.</summary>
    public required int SuccessfulSends { get; init; }

    /// <summary>Deliveries that have ended otherwise.</summary>
    public required int FailedSends { get; init; }

    /// <summary>Deliveries that have not ended.</summary>
    public required int Pending { get; init; }

    /// <summary>How the others ended.</summary>
    public required Outcomes Outcomes { get; init; }

    /// <summary>What browsers reported.</summary>
    public required ReceiptCounts Receipts { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When delivery begins, if not at once.</summary>
    public required DateTimeOffset? SendAt { get; init; }

    /// <summary>When the last delivery ended; null while some are pending.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }

    public static NotificationSummary Of(SentNotification sent)
    {
        var (notification, content) = sent;
        return new NotificationSummary
        {
            RequestId = PublicId.Notification(notification.Id),
            Title = content.Title,
            Body = content.Body,
            Status = StatusNames.Of(notification.Status),
            TotalTargets = notification.TotalTargets,
            SuccessfulSends = notification.Accepted,
            FailedSends = notification.Failed,
            Pending = notification.Pending,
            Outcomes = new Outcomes(notification.Accepted, notification.Gone, notification.Rejected, notification.Expired, notification.Cancelled),
            Receipts = ReceiptCounts.Of(notification.Receipts),
            CreatedAt = notification.CreatedAt,
            SendAt = notification.SendAt,
            CompletedAt = notification.CompletedAt,
        };
    }
}

/// <summary>A notification in full.</summary>
internal sealed record Notification : NotificationSummary
{
    public Notification() { }

    [SetsRequiredMembers]
    private Notification(NotificationSummary summary, SentNotification sent)
        : base(summary)
    {
        Withdrawn = sent.Notification.Withdrawn;
        InvalidRegistrations = sent.Notification.InvalidRegistrations;
        Ttl = sent.Content.TtlSeconds;
        Urgency = sent.Content.Urgency.ToHeader();
        Topic = sent.Content.Topic?.Value;
        Content = SentContent.Of(sent.Content);
    }

    /// <summary>Accepted messages that were deleted at the push service after a cancel, before a browser fetched them.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>Ids of the target that no active client has, or that a push service declared gone: the first thousand.</summary>
    public required IReadOnlyList<string> InvalidRegistrations { get; init; }

    /// <summary>How long it may wait, in seconds.</summary>
    public required int Ttl { get; init; }

    /// <summary>How soon it matters.</summary>
    [AllowedValues("very-low", "low", "normal", "high")]
    public required string Urgency { get; init; }

    /// <summary>Replaces an undelivered message with the same topic at the push service.</summary>
    public required string? Topic { get; init; }

    /// <summary>What can be put into a send again, target aside.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Content { get; init; }

    public static new Notification Of(SentNotification sent) => new(NotificationSummary.Of(sent), sent);
}

/// <summary>How deliveries ended.</summary>
/// <param name="Accepted">A push service took the message.</param>
/// <param name="Gone">The push service no longer knows the subscription.</param>
/// <param name="Rejected">The push service refused the message.</param>
/// <param name="Expired">The TTL ran out before a push service took it.</param>
/// <param name="Cancelled">Recalled, or the recipient left, before a push service took it.</param>
internal sealed record Outcomes(int Accepted, int Gone, int Rejected, int Expired, int Cancelled);

/// <summary>What browsers reported, each recipient once per event; accepted is not shown.</summary>
/// <param name="Shown">On the screen.</param>
/// <param name="Clicked">Tapped.</param>
/// <param name="Dismissed">Swiped away.</param>
/// <param name="LinkClicks">How often its click link was followed, by whomever; 0 where the service has none.</param>
internal sealed record ReceiptCounts(int Shown, int Clicked, int Dismissed, int LinkClicks)
{
    public static ReceiptCounts Of(Dispatch.Notifications.ReceiptCounts counts) => new(counts.Shown, counts.Clicked, counts.Dismissed, counts.LinkClicks);
}

/// <summary>Notifications, the newest first.</summary>
/// <param name="Notifications">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record NotificationList(IReadOnlyList<NotificationSummary> Notifications, string? Next);

/// <summary>What a send would come to. Nothing was sent and nothing kept.</summary>
/// <param name="TotalTargets">How many clients it would go to.</param>
/// <param name="InvalidRegistrations">Ids of the target that no active client has.</param>
/// <param name="PayloadBytes">What each is sent, before encryption.</param>
/// <param name="PayloadLimit">What one encrypted push message holds.</param>
/// <param name="CreditsNeeded">At most, one per accepted delivery; null when the organization is not metered.</param>
internal sealed record DryRun(int TotalTargets, IReadOnlyList<string> InvalidRegistrations, int PayloadBytes, int PayloadLimit, int? CreditsNeeded)
{
    public static DryRun Of(AcceptedNotification accepted) =>
        new(
            accepted.Notification.TotalTargets,
            accepted.Notification.InvalidRegistrations,
            accepted.PayloadLength,
            PushMessage.MaxPayloadLength,
            accepted.IsMetered ? accepted.Notification.TotalTargets : null
        );
}
