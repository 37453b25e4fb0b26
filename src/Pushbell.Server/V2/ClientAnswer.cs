using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

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
    private static readonly TimeSpan OnlineFor = TimeSpan.FromMinutes(2);

    public static ClientAnswer Of(Registration registration, DateTimeOffset now) =>
        new(
            PublicId.Registration(registration.Id),
            PublicId.Organization(registration.OrganizationId),
            PublicId.Service(registration.ServiceId),
            Name(registration.Status),
            registration.Status == RegistrationStatus.Active,
            registration.LastActiveAt is { } at && now - at <= OnlineFor,
            registration.IsInstalled,
            registration.Status == RegistrationStatus.Active,
            registration.Email,
            registration.LastActiveAt,
            registration.NotificationCount,
            DeviceOf(registration),
            registration.CreatedAt
        );

    public static RegistrationStatus? ParseStatus(string text) =>
        text switch
        {
            "active" => RegistrationStatus.Active,
            "inactive" => RegistrationStatus.Inactive,
            "expired" => RegistrationStatus.Expired,
            "unregistered" => RegistrationStatus.Unregistered,
            _ => null,
        };

    protected static DeviceInfo DeviceOf(Registration registration) =>
        registration.DeviceInfo is { } json ? JsonSerializer.Deserialize(json, V2Json.Default.DeviceInfo)! : new DeviceInfo();

    internal static string Name(RegistrationStatus status) =>
        status switch
        {
            RegistrationStatus.Active => "active",
            RegistrationStatus.Inactive => "inactive",
            RegistrationStatus.Expired => "expired",
            RegistrationStatus.Unregistered => "unregistered",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
}

/// <summary>The browser's own words about itself; null where it said nothing.</summary>
internal sealed record DeviceInfo
{
    /// <summary>Such as Chrome.</summary>
    public string? BrowserName { get; init; }

    /// <summary>Such as 120.</summary>
    public string? BrowserVersion { get; init; }

    /// <summary>Such as Windows.</summary>
    public string? OsName { get; init; }

    /// <summary>Such as desktop or mobile.</summary>
    public string? DeviceType { get; init; }
}

/// <summary>Clients, newest first.</summary>
/// <param name="Clients">This page of them.</param>
/// <param name="Total">How many the filter matches.</param>
/// <param name="Limit">How many a page holds at most.</param>
/// <param name="Offset">How many were skipped.</param>
internal sealed record ClientsAnswer(IReadOnlyList<ClientAnswer> Clients, long Total, int Limit, int Offset);
