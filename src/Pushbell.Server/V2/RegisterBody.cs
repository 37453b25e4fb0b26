using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.Server.V2;

/// <summary>A browser that registers itself.</summary>
internal sealed record RegisterBody
{
    private const int MaxText = 255;

    /// <summary>What the browser's PushSubscription gives as JSON.</summary>
    [Required]
    public SubscriptionBody? Subscription { get; init; }

    /// <summary>Whose browser it is, by email; trimmed, letter case does not matter.</summary>
    [EmailAddress]
    public string? UserEmail { get; init; }

    /// <summary>Whose browser it is, by your own id for the person.</summary>
    [MaxLength(MaxText)]
    public string? UserId { get; init; }

    /// <summary>Proves whose browser it is, where the service asks pages for that: a signed JWT from your backend.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>What the browser says about itself.</summary>
    public DeviceInfo? DeviceInfo { get; init; }

    /// <summary>The page runs as an installed web app.</summary>
    public bool? IsInstalled { get; init; }

    /// <summary>The language of the page, such as en-GB.</summary>
    [MaxLength(MaxText)]
    public string? Language { get; init; }

    /// <summary>The person's time zone, such as Europe/London.</summary>
    [MaxLength(MaxText)]
    public string? TimeZone { get; init; }

    public Result<NewRegistration> ToRegistration(Caller caller)
    {
        if (!PushSubscription.TryCreate(Subscription?.Endpoint, Subscription?.Keys?.P256dh, Subscription?.Keys?.Auth, out var subscription, out var problem))
        {
            return new Failure.InvalidRequest("subscription: " + problem);
        }

        string? email = null;
        if (!string.IsNullOrWhiteSpace(UserEmail) && (email = SubscriberEmails.Normalize(UserEmail)) is null)
        {
            return new Failure.InvalidRequest("user_email is not an email address.");
        }

        foreach (var (name, text) in new[] { ("user_id", UserId), ("language", Language), ("time_zone", TimeZone) })
        {
            if (text?.Length > MaxText)
            {
                return new Failure.InvalidRequest($"{name} has {text.Length} characters; at most {MaxText} are allowed.");
            }
        }

        var device = DeviceInfo is null ? null : JsonSerializer.Serialize(DeviceInfo, V2Json.Default.DeviceInfo);
        if (device?.Length > 4 * MaxText)
        {
            return new Failure.InvalidRequest("device_info is too long.");
        }

        return new NewRegistration(caller, subscription)
        {
            Email = email,
            KeepEmail = true,
            UserId = string.IsNullOrEmpty(UserId) ? null : UserId,
            IdentityToken = string.IsNullOrEmpty(IdentityToken) ? null : IdentityToken,
            DeviceInfo = device,
            IsInstalled = IsInstalled ?? false,
            Language = Language,
            TimeZone = TimeZone,
        };
    }
}

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
