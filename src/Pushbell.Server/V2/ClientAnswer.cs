using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>A registration as /v2 shows it.</summary>
/// <param name="RegistrationId">The registration, <c>reg_…</c>.</param>
/// <param name="OrganizationId">The organization that it belongs to.</param>
/// <param name="ServiceId">The service that it belongs to.</param>
/// <param name="Status">active; inactive: it keeps failing; expired: the push service no longer knows it; unregistered: it was taken back.</param>
/// <param name="IsActive">Whether it is sent to: its status is active.</param>
/// <param name="IsOnline">Whether its page gave a sign of life in the last two minutes.</param>
/// <param name="IsInstalled">Whether it is an installed web app.</param>
/// <param name="IsSubscribed">Whether it holds a live push subscription.</param>
/// <param name="UserEmail">Whose it is; null when that is not known, or registered through /v1, which keeps no email.</param>
/// <param name="LastActive">The last sign of life; null when there was none.</param>
/// <param name="NotificationCount">How many notifications a push service has accepted for it.</param>
/// <param name="DeviceInfo">What the browser said about itself.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal record ClientAnswer(
    string RegistrationId,
    string OrganizationId,
    string ServiceId,
    [property: AllowedValues("active", "inactive", "expired", "unregistered")] string Status,
    bool IsActive,
    bool IsOnline,
    bool IsInstalled,
    bool IsSubscribed,
    string? UserEmail,
    DateTimeOffset? LastActive,
    long NotificationCount,
    DeviceInfo DeviceInfo,
    DateTimeOffset CreatedAt
)
{
    public static ClientAnswer Of(Registration registration, DateTimeOffset now) =>
        new(
            PublicId.Registration(registration.Id),
            PublicId.Organization(registration.OrganizationId),
            PublicId.Service(registration.ServiceId),
            StatusNames.Of(registration.Status),
            registration.Status == RegistrationStatus.Active,
            registration.IsOnline(now),
            registration.IsInstalled,
            registration.Status == RegistrationStatus.Active,
            registration.Email,
            registration.LastActiveAt,
            registration.NotificationCount,
            DeviceInfo.Of(registration),
            registration.CreatedAt
        );
}

/// <summary>Clients, newest first.</summary>
/// <param name="Clients">This page of them.</param>
/// <param name="Total">How many the filter matches.</param>
/// <param name="Limit">How many a page holds at most.</param>
/// <param name="Offset">How many were skipped.</param>
internal sealed record ClientsAnswer(IReadOnlyList<ClientAnswer> Clients, long Total, int Limit, int Offset);
