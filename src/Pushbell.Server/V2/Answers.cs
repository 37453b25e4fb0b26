using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;

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
/// <param name="Status">queued: not begun; scheduled: to begin at send_at; processing: some deliveries are pending; completed: all have ended; cancelled: recalled; dry_run: nothing was sent.</param>
internal record SendAnswer(
    string? RequestId,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    IReadOnlyList<string> InvalidRegistrations,
    string Message,
    [property: AllowedValues("queued", "scheduled", "processing", "completed", "cancelled", "dry_run")] string Status
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
            StatusNames.Of(notification.Status)
        );

    protected static string MessageOf(Notification notification) =>
        notification switch
        {
            { Status: NotificationStatus.Queued } => "Notifications queued for processing",
            { Status: NotificationStatus.Scheduled } => "Notifications scheduled",
            { Status: NotificationStatus.Cancelled, Pending: > 0 } => "Request cancelled; what is on its way just now still ends",
            { Status: NotificationStatus.Cancelled } => "Request cancelled",
            { Status: NotificationStatus.Processing } => "Notifications are being processed; some deliveries are still pending",
            { TotalTargets: 0 } => "No active registrations matched the target",
            { Accepted: 0 } => "No notification could be delivered",
            _ => "Notifications sent successfully",
        };
}

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
