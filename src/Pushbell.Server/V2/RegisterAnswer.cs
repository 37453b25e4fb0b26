using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>The client object and the token that lets the page change or remove this registration; it is shown this once.</summary>
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
/// <param name="RegistrationToken">Goes into <c>Authorization: Bearer</c>.</param>
internal sealed record RegisterAnswer(
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
    DateTimeOffset CreatedAt,
    [property: JsonPropertyOrder(1)] string RegistrationToken
)
    : ClientAnswer(
        RegistrationId,
        OrganizationId,
        ServiceId,
        Status,
        IsActive,
        IsOnline,
        IsInstalled,
        IsSubscribed,
        UserEmail,
        LastActive,
        NotificationCount,
        DeviceInfo,
        CreatedAt
    )
{
    // Not public: the serializer takes the one public constructor for the list of what is always there.
    internal RegisterAnswer(ClientAnswer client, string token)
        : this(
            client.RegistrationId,
            client.OrganizationId,
            client.ServiceId,
            client.Status,
            client.IsActive,
            client.IsOnline,
            client.IsInstalled,
            client.IsSubscribed,
            client.UserEmail,
            client.LastActive,
            client.NotificationCount,
            client.DeviceInfo,
            client.CreatedAt,
            token
        )
    { }
}
