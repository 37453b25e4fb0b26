namespace Pushbell.WebPush;

/// <summary>What one attempt means for the delivery.</summary>
public enum DeliveryResult
{
    /// <summary>The push service took the message. That is not yet "shown".</summary>
    Accepted,

    /// <summary>The subscription exists no more (404, 410).</summary>
    Gone,

    /// <summary>The push service, or the egress guard, will not take this message; sending it again changes nothing.</summary>
    Rejected,

    /// <summary>Try again later, within the message's TTL. The subscription is not to be touched.</summary>
    Retry,
}

/// <summary>What became of one attempt; everything a push service may answer is such a value, never an exception.</summary>
public sealed record DeliveryOutcome
{
    public required DeliveryResult Result { get; init; }

    /// <summary>The status of the answer; 0 when there was none.</summary>
    public required int StatusCode { get; init; }

    /// <summary>
    /// At most 64 characters, fit for logs and grouping: the push service's own word (<c>BadJwtToken</c>, <c>errno-109</c>) or one of ours
    /// (<c>accepted</c>, <c>gone</c>, <c>throttled</c>, <c>connect-refused</c>, <c>timeout</c>, <c>address-not-public</c> …).
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>The wait that the push service asked for, between one second and one day; null when it named none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the accepted message can be deleted (RFC 8030 §5); null where the push service does not offer that.</summary>
    public Uri? MessageLocation { get; init; }

    /// <summary>The TTL that the push service really granted (RFC 8030 §5.2), if it says.</summary>
    public TimeSpan? GrantedTtl { get; init; }

    /// <summary>The subscription was made with another VAPID key, and must be made anew. Excludes <see cref="Unauthorized"/>.</summary>
    public bool KeyMismatch { get; init; }

    /// <summary>The push service does not accept our key, subject or clock: this concerns every message to it, not this one.</summary>
    public bool Unauthorized { get; init; }

    /// <summary>The push service asks for less; hold back what else goes to it.</summary>
    public bool Throttled { get; init; }

    /// <summary>The push service refuses us as a whole (WNS "Domain Blocked"): alert, and never expire subscriptions for it.</summary>
    public bool HostAlert { get; init; }
}
