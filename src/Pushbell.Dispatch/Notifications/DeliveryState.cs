namespace Pushbell.Dispatch.Notifications;

/// <summary>How a delivery ended.</summary>
public enum DeliveryEnd : byte
{
    Pending = 0,
    Accepted = 1,
    Gone = 2,
    Rejected = 3,
    Expired = 4,
    Cancelled = 5,
}

/// <summary>Why a delivery ended as it did, or why it still waits.</summary>
public enum DeliveryReason : byte
{
    None = 0,

    /// <summary>404 or 410: the subscription exists no more.</summary>
    UnknownSubscription = 1,

    /// <summary>The same, not believed: the push service says it of too many at once.</summary>
    Quarantined = 2,
    BadRequest = 3,
    TooLarge = 4,

    /// <summary>Our key, subject or clock.</summary>
    Unauthorized = 5,

    /// <summary>The subscription was made with another VAPID key.</summary>
    KeyMismatch = 6,

    /// <summary>The push service blocks this sender as a whole.</summary>
    HostBlocked = 7,
    Refused = 8,
    BadKeys = 9,
    Throttled = 10,
    ServerError = 11,
    Timeout = 12,
    Unreachable = 13,

    /// <summary>Not tried: the push service asked for a pause that is not over.</summary>
    AskedToWait = 14,

    /// <summary>Not tried: the push service does not answer anybody at present.</summary>
    PushServiceDown = 15,
    TtlEnded = 16,
    NotActive = 17,
    CancelledByRequest = 18,
}

/// <summary>The state of one delivery, a byte in the ledger: the end in the lower three bits, the reason above.</summary>
public readonly record struct DeliveryState(DeliveryEnd End, DeliveryReason Reason = DeliveryReason.None)
{
    private const int ReasonShift = 3, EndMask = 7;

    public static DeliveryState Of(byte stored) => new((DeliveryEnd)(stored & EndMask), (DeliveryReason)(stored >> ReasonShift));

    /// <summary>Ends as recalled whatever is pending.</summary>
    /// <param name="outcomes">Of a batch; changed in place.</param>
    /// <returns>How many were.</returns>
    internal static int Recall(Span<byte> outcomes)
    {
        var recalled = 0;
        foreach (ref var outcome in outcomes)
        {
            if (Of(outcome).End == DeliveryEnd.Pending)
            {
                outcome = new DeliveryState(DeliveryEnd.Cancelled, DeliveryReason.CancelledByRequest).ToByte();
                recalled++;
            }
        }

        return recalled;
    }

    public byte ToByte() => (byte)(((int)Reason << ReasonShift) | (int)End);
}
