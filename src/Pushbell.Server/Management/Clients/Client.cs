using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Clients;

/// <summary>One browser or installed web app that can be reached, or could.</summary>
/// <param name="RegistrationId">The client, <c>reg_…</c>.</param>
/// <param name="Status">active; inactive: it keeps failing; expired: the push service no longer knows it; unregistered: it was taken back.</param>
/// <param name="StatusReason">Why it is not active.</param>
/// <param name="IsOnline">Whether its page gave a sign of life in the last two minutes.</param>
/// <param name="IsInstalled">Whether it is an installed web app.</param>
/// <param name="UserEmail">Whose it is; null when that is not known, or registered through /v1, which keeps no email.</param>
/// <param name="UserId">Whose it is, by the organization's own id.</param>
/// <param name="LastActive">The last sign of life.</param>
/// <param name="LastNotifiedAt">When a push service last accepted a notification for it.</param>
/// <param name="NotificationCount">How many notifications a push service has accepted for it.</param>
/// <param name="DeviceInfo">What the browser said about itself.</param>
/// <param name="PushService">The host of its push service.</param>
/// <param name="Language">Of its page.</param>
/// <param name="TimeZone">Of the person.</param>
/// <param name="VapidKeyIsCurrent">It subscribed with the current VAPID key; otherwise it is reached with the one before.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record Client(
    string RegistrationId,
    [property: AllowedValues("active", "inactive", "expired", "unregistered")] string Status,
    string? StatusReason,
    bool IsOnline,
    bool IsInstalled,
    string? UserEmail,
    string? UserId,
    DateTimeOffset? LastActive,
    DateTimeOffset? LastNotifiedAt,
    long NotificationCount,
    DeviceInfo DeviceInfo,
    string PushService,
    string? Language,
    string? TimeZone,
    bool VapidKeyIsCurrent,
    DateTimeOffset CreatedAt
)
{
    public static Client Of(Registration registration, DateTimeOffset now) =>
        new(
            PublicId.Registration(registration.Id),
            StatusNames.Of(registration.Status),
            registration.StatusReason,
            registration.IsOnline(now),
            registration.IsInstalled,
            registration.Email,
            registration.UserId,
            registration.LastActiveAt,
            registration.LastNotifiedAt,
            registration.NotificationCount,
            DeviceInfo.Of(registration),
            new Uri(registration.PushService).Authority,
            registration.Language,
            registration.TimeZone,
            registration.HasCurrentKey,
            registration.CreatedAt
        );
}

/// <summary>Clients, the newest first.</summary>
/// <param name="Clients">This page of them.</param>
/// <param name="Total">How many the filter matches.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record ClientList(IReadOnlyList<Client> Clients, long Total, string? Next);

/// <summary>The browser of whoever is signed in.</summary>
internal sealed record ThisBrowserBody
{
    /// <summary>What its PushSubscription gives as JSON, made with the service's current VAPID key.</summary>
    [Required]
    public SubscriptionBody? Subscription { get; init; }

    /// <summary>What the browser says about itself.</summary>
    public DeviceInfo? DeviceInfo { get; init; }
}
