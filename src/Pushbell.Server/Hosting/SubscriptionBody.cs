using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting;

/// <summary>A browser's PushSubscription as its toJSON gives it.</summary>
internal sealed record SubscriptionBody
{
    /// <summary>The push resource: an https address of a push service.</summary>
    [Required]
    [Url]
    public string? Endpoint { get; init; }

    /// <summary>What to encrypt with.</summary>
    [Required]
    public SubscriptionKeysBody? Keys { get; init; }

    public static Result<PushSubscription> Parse(SubscriptionBody? subscription) =>
        PushSubscription.TryCreate(subscription?.Endpoint, subscription?.Keys?.P256dh, subscription?.Keys?.Auth, out var parsed, out var problem)
            ? parsed
            : new Failure.InvalidRequest("subscription: " + problem);
}

/// <summary>The two keys of a subscription (RFC 8291 §2).</summary>
internal sealed record SubscriptionKeysBody
{
    /// <summary>The browser's public key on P-256, uncompressed: 65 bytes in base64url.</summary>
    [Required]
    public string? P256dh { get; init; }

    /// <summary>The authentication secret: 16 bytes in base64url.</summary>
    [Required]
    public string? Auth { get; init; }
}
