using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.V2;

/// <summary>Every error of /v2: one sentence and one of the page's codes.</summary>
/// <param name="Detail">What is wrong, for a person to read.</param>
/// <param name="Code">What is wrong, to branch on.</param>
internal sealed record ErrorAnswer(
    string Detail,
    [property: AllowedValues(
        "UNAUTHORIZED",
        "FORBIDDEN",
        "INVALID_REQUEST",
        "NOT_FOUND",
        "INSUFFICIENT_CREDITS",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
        "SERVICE_UNAVAILABLE",
        "INTERNAL_ERROR"
    )]
        string Code
);

/// <summary>The answer to a send.</summary>
/// <param name="RequestId">The request, <c>req_…</c>; null of a dry run.</param>
/// <param name="TotalTargets">How many registrations were found.</param>
/// <param name="SuccessfulSends">Deliveries that a push service has accepted.</param>
/// <param name="FailedSends">Deliveries that have ended otherwise. What waits for a retry is in neither count.</param>
/// <param name="InvalidRegistrations">Ids of the target that no active registration has.</param>
/// <param name="Message">The status in a sentence.</param>
/// <param name="Status">queued: not begun; processing: some deliveries are pending; completed: all have ended; dry_run: nothing was sent.</param>
internal record SendAnswer(
    string? RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    IReadOnlyList<string> InvalidRegistrations,
    string Message,
    [property: AllowedValues("queued", "processing", "completed", "dry_run")] string Status
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
/// <param name="RequestId">The request, <c>req_…</c>.</param>
/// <param name="TotalTargets">How many registrations were found.</param>
/// <param name="SuccessfulSends">Deliveries that a push service has accepted.</param>
/// <param name="FailedSends">Deliveries that have ended otherwise. What waits for a retry is in neither count.</param>
/// <param name="InvalidRegistrations">Ids of the target that no active registration has.</param>
/// <param name="Message">The status in a sentence.</param>
/// <param name="Status">queued: not begun; processing: some deliveries are pending; completed: all have ended.</param>
/// <param name="Pending">Deliveries that have not ended.</param>
/// <param name="Outcomes">How the others ended.</param>
/// <param name="CreatedAt">When the send was accepted.</param>
/// <param name="CompletedAt">When the last delivery ended; null while some are pending.</param>
internal sealed record RequestAnswer(
    string RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    IReadOnlyList<string> InvalidRegistrations,
    string Message,
    string Status,
    int Pending,
    OutcomesAnswer Outcomes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt
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
/// <param name="Accepted">A push service took the message.</param>
/// <param name="Gone">The push service no longer knows the subscription.</param>
/// <param name="Rejected">The push service refused the message.</param>
/// <param name="Expired">The TTL ran out before a push service took it.</param>
/// <param name="Cancelled">Called off before it was tried.</param>
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
/// <param name="Status">queued: not begun; processing: some deliveries are pending; completed: all have ended.</param>
/// <param name="Pending">Deliveries that have not ended.</param>
/// <param name="Outcomes">How the others ended.</param>
/// <param name="CreatedAt">When the send was accepted.</param>
/// <param name="CompletedAt">When the last delivery ended; null while some are pending.</param>
internal sealed record RequestSummary(
    string RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    [property: AllowedValues("queued", "processing", "completed")] string Status,
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

/// <summary>Requests, newest first.</summary>
/// <param name="Requests">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record RequestsAnswer(IReadOnlyList<RequestSummary> Requests, string? Next);

/// <summary>One recipient of a request.</summary>
/// <param name="RegistrationId">The registration, <c>reg_…</c>.</param>
/// <param name="Outcome">How its delivery ended, or that it has not.</param>
internal sealed record DeliveryAnswer(
    string RegistrationId,
    [property: AllowedValues("pending", "accepted", "gone", "rejected", "expired", "cancelled")] string Outcome
);

/// <summary>Recipients in the order in which they are served.</summary>
/// <param name="Deliveries">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record DeliveriesAnswer(IReadOnlyList<DeliveryAnswer> Deliveries, string? Next);

/// <summary>Deliveries that the plan allows, per UTC hour and day.</summary>
/// <param name="OrganizationId">The organization, whose plan it is.</param>
/// <param name="ServiceId">The service that the key belongs to.</param>
/// <param name="HourlyLimit">Deliveries per hour; null without a limit.</param>
/// <param name="DailyLimit">Deliveries per day; null without a limit.</param>
/// <param name="HourlyRemaining">What is left of this hour; null without a limit.</param>
/// <param name="DailyRemaining">What is left of today; null without a limit.</param>
/// <param name="ResetHourlyAt">When the next hour begins.</param>
/// <param name="ResetDailyAt">When the next day begins.</param>
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

/// <summary>A client that is no longer sent to.</summary>
/// <param name="Success">Always true.</param>
/// <param name="RegistrationId">The registration, <c>reg_…</c>.</param>
/// <param name="Message">The same in a sentence.</param>
internal sealed record DeregisterAnswer(bool Success, string RegistrationId, string Message);

/// <summary>The configuration of a service, and how many it reaches.</summary>
/// <param name="ServiceId">The service, <c>svc_…</c>.</param>
/// <param name="OrganizationId">The organization that it belongs to.</param>
/// <param name="ServiceIdentifier">Its name in addresses.</param>
/// <param name="ServiceName">Its name as people see it.</param>
/// <param name="VapidPublicKey">The <c>applicationServerKey</c> that pages subscribe with: an uncompressed P-256 point in base64url.</param>
/// <param name="ContactEmail">Whom push services may write to.</param>
/// <param name="NotificationsEnabled">Whether notifications are switched on.</param>
/// <param name="IsActive">Whether the service is switched on.</param>
/// <param name="HourlyNotificationLimit">Deliveries per UTC hour; null without a limit.</param>
/// <param name="DailyNotificationLimit">Deliveries per UTC day; null without a limit.</param>
/// <param name="ActiveRegistrations">Registrations that are sent to.</param>
/// <param name="PushSubscribers">The people behind them.</param>
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
/// <param name="OrganizationId">The organization, <c>org_…</c>.</param>
/// <param name="ServiceId">The service, <c>svc_…</c>.</param>
/// <param name="ServiceName">Its name as people see it.</param>
/// <param name="VapidPublicKey">The <c>applicationServerKey</c> to subscribe with: an uncompressed P-256 point in base64url.</param>
/// <param name="Icon">The address of its icon; left out when it has none.</param>
internal sealed record ConfigurationAnswer(
    string OrganizationId,
    string ServiceId,
    string ServiceName,
    string VapidPublicKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Icon
);
