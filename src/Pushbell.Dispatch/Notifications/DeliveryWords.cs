namespace Pushbell.Dispatch.Notifications;

/// <summary>Something for a person to read: what happened, and what to do about it.</summary>
/// <param name="What">One sentence.</param>
/// <param name="ToDo">One or two; null when there is nothing to do.</param>
public sealed record Words(string What, string? ToDo)
{
    public override string ToString() => ToDo is null ? What : $"{What} {ToDo}";
}

/// <summary>Why a delivery ended as it did, or waits, for the person who sent it.</summary>
public static class DeliveryWords
{
    private const string Again = "It is tried again by itself until the TTL ends.",
        Resubscribe = "The browser must subscribe again, which the SDK does at the next visit.";

    /// <returns>Null when there is nothing to say.</returns>
    public static Words? Of(DeliveryReason reason) =>
        reason switch
        {
            DeliveryReason.None => null,
            DeliveryReason.UnknownSubscription => new(
                "The push service no longer knows this subscription: the browser was reset or removed, or its permission was taken away.",
                "It comes back when the person opens the site again and allows notifications."
            ),
            DeliveryReason.Quarantined => new(
                "The push service called this subscription gone, but said so of too many at once to be believed.",
                "Look at the alarm and resolve it."
            ),
            DeliveryReason.BadRequest => new(
                "The push service refused the message as malformed.",
                "If that happens to one browser only, have it subscribe again; if to all, send a plain test and compare."
            ),
            DeliveryReason.TooLarge => new("The push service found the message too large.", "Shorten the body, the data or the addresses."),
            DeliveryReason.Unauthorized => new(
                "The push service did not accept our signature.",
                "Check the service's contact address, its VAPID keys and the server's clock."
            ),
            DeliveryReason.KeyMismatch => new("The browser subscribed with another VAPID key than the one that signed the message.", Resubscribe),
            DeliveryReason.HostBlocked => new(
                "The push service blocks this server as a whole.",
                "Look at the alarms, check the contact address, and write to the push service."
            ),
            DeliveryReason.Refused => new(
                "The push service refused the message without saying why.",
                "Send a test; if it is refused again, have the browser subscribe again."
            ),
            DeliveryReason.BadKeys => new("Nothing can be encrypted to the keys of this subscription.", Resubscribe),
            DeliveryReason.Throttled => new("The push service asked us to slow down.", Again),
            DeliveryReason.ServerError => new("The push service had a fault of its own.", Again),
            DeliveryReason.Timeout => new("The push service did not answer in time.", Again),
            DeliveryReason.Unreachable => new("The push service could not be reached.", $"{Again} If all fail so, check the server's way to the internet."),
            DeliveryReason.AskedToWait => new("Not tried yet: the push service asked for a pause.", "It goes on by itself when that is over."),
            DeliveryReason.PushServiceDown => new("Not tried yet: the push service answers nobody at present.", "It goes on by itself when it is back."),
            DeliveryReason.TtlEnded => new(
                "The time to live ran out before a push service took the message.",
                "Give a longer ttl to what may arrive late."
            ),
            DeliveryReason.NotActive => new("The client was deregistered or inactive before its turn came.", null),
            DeliveryReason.CancelledByRequest => new("The notification was cancelled before it was sent to this client.", null),
            _ => throw new ArgumentOutOfRangeException(nameof(reason)),
        };
}
