using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.V2;

/// <summary>A registration as /v2 shows it.</summary>
internal record ClientAnswer(
    string RegistrationId,
    string OrganizationId,
    string ServiceId,
    string Status,
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

    private static string Name(RegistrationStatus status) =>
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
    public string? BrowserName { get; init; }

    public string? BrowserVersion { get; init; }

    public string? OsName { get; init; }

    public string? DeviceType { get; init; }
}

internal sealed record ClientsAnswer(IReadOnlyList<ClientAnswer> Clients, long Total, int Limit, int Offset);
