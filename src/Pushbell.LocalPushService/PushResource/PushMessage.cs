namespace Pushbell.LocalPushService.PushResource;

/// <summary>A message that was accepted (RFC 8030 §5), still encrypted.</summary>
internal sealed record PushMessage(
    string Id,
    Subscription Subscription,
    DeliveryTerms Terms,
    byte[] Body,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ReceivedAt)
{
    /// <summary>RFC 8030 §5.2: not delivered from this moment on.</summary>
    public DateTimeOffset ExpiresAt => ReceivedAt.AddSeconds(Terms.Ttl);

    /// <summary>RFC 8030 §5.4: a newer message of the same topic takes the place of one that was not delivered yet.</summary>
    public bool Replaces(PushMessage other) =>
        Terms.Topic is not null && Terms.Topic == other.Terms.Topic && Subscription == other.Subscription;
}
