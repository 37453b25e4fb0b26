using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Server.V2;

/// <summary>A browser that registers itself.</summary>
internal sealed record RegisterBody
{
    private const int MaxText = 255;

    public SubscriptionBody? Subscription { get; init; }

    public string? UserEmail { get; init; }

    public string? UserId { get; init; }

    public string? IdentityToken { get; init; }

    public DeviceInfo? DeviceInfo { get; init; }

    public bool? IsInstalled { get; init; }

    public string? Language { get; init; }

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

/// <summary>A browser's PushSubscription as its toJSON gives it.</summary>
internal sealed record SubscriptionBody
{
    public string? Endpoint { get; init; }

    public SubscriptionKeysBody? Keys { get; init; }
}

internal sealed record SubscriptionKeysBody
{
    public string? P256dh { get; init; }

    public string? Auth { get; init; }
}

/// <summary>The client object and the token that lets the page change or remove this registration; it is shown this once.</summary>
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
    public RegisterAnswer(ClientAnswer client, string token)
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
        ) { }
}
