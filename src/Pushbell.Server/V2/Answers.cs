using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.V2;

/// <summary>Every error of /v2: one sentence and one of the page's codes.</summary>
internal sealed record ErrorAnswer(string Detail, string Code);

/// <summary>The answer to a send.</summary>
internal record SendAnswer(
    string? RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    IReadOnlyList<string> InvalidRegistrations,
    string Message,
    string Status
)
{
    /// <summary>What a send would have come to.</summary>
    public static SendAnswer OfDryRun(Notification notification) =>
        new(
            RequestId: null,
            notification.TotalTargets,
            SuccessfulSends: 0,
            FailedSends: 0,
            notification.InvalidRegistrations,
            "Dry run: everything was checked, nothing was sent",
            "dry_run"
        );

    public static SendAnswer Of(Notification notification) =>
        new(
            PublicId.Notification(notification.Id),
            notification.TotalTargets,
            notification.Accepted,
            notification.Failed,
            notification.InvalidRegistrations,
            MessageOf(notification),
            StatusOf(notification.Status)
        );

    internal static string StatusOf(NotificationStatus status) =>
        status switch
        {
            NotificationStatus.Queued => "queued",
            NotificationStatus.Processing => "processing",
            NotificationStatus.Completed => "completed",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    protected static string MessageOf(Notification notification) =>
        notification switch
        {
            { Status: NotificationStatus.Queued } => "Notifications queued for processing",
            { Status: NotificationStatus.Processing } => "Notifications are being processed; some deliveries are still pending",
            { TotalTargets: 0 } => "No active registrations matched the target",
            { Accepted: 0 } => "No notification could be delivered",
            _ => "Notifications sent successfully",
        };
}

/// <summary>Where a request stands: the send answer, and what is pending and how the rest ended.</summary>
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
    [property: JsonPropertyOrder(1)] DateTimeOffset? CompletedAt
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
            StatusOf(notification.Status),
            notification.Pending,
            OutcomesAnswer.Of(notification),
            notification.CreatedAt,
            notification.CompletedAt
        );
}

/// <summary>How the deliveries of a request ended.</summary>
internal sealed record OutcomesAnswer(int Accepted, int Gone, int Rejected, int Expired, int Cancelled)
{
    public static OutcomesAnswer Of(Notification notification) =>
        new(notification.Accepted, notification.Gone, notification.Rejected, notification.Expired, notification.Cancelled);
}

/// <summary>A request in a list.</summary>
internal sealed record RequestSummary(
    string RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    string Status,
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
            SendAnswer.StatusOf(notification.Status),
            notification.Pending,
            OutcomesAnswer.Of(notification),
            notification.CreatedAt,
            notification.CompletedAt
        );
}

/// <summary>Requests, newest first. <c>next</c> goes into <c>after</c> for the page behind; null on the last one.</summary>
internal sealed record RequestsAnswer(IReadOnlyList<RequestSummary> Requests, string? Next);

/// <summary>One recipient of a request: accepted, gone, rejected, expired, cancelled, or still pending.</summary>
internal sealed record DeliveryAnswer(string RegistrationId, string Outcome);

/// <summary>Recipients in the order in which they are served. <c>next</c> goes into <c>after</c> for the page behind; null on the last one.</summary>
internal sealed record DeliveriesAnswer(IReadOnlyList<DeliveryAnswer> Deliveries, string? Next);

internal sealed record QuotaAnswer(
    string OrganizationId,
    string ServiceId,
    int? HourlyLimit,
    int? DailyLimit,
    long? HourlyRemaining,
    long? DailyRemaining,
    DateTimeOffset ResetHourlyAt,
    DateTimeOffset ResetDailyAt
);

internal sealed record DeregisterAnswer(bool Success, string RegistrationId, string Message);

internal sealed record ServiceAnswer(
    string ServiceId,
    string OrganizationId,
    string ServiceIdentifier,
    string ServiceName,
    string VapidPublicKey,
    string ContactEmail,
    bool NotificationsEnabled,
    bool IsActive,
    int? HourlyNotificationLimit,
    int? DailyNotificationLimit,
    long ActiveRegistrations,
    long PushSubscribers
);

/// <summary>What a page needs before it can subscribe.</summary>
internal sealed record ConfigurationAnswer(
    string OrganizationId,
    string ServiceId,
    string ServiceName,
    string VapidPublicKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Icon
);
