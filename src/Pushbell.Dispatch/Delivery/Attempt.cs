using Pushbell.Dispatch.Notifications;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What became of one recipient in this round.</summary>
/// <param name="At">Position in the batch.</param>
/// <param name="State">A pending one is to be tried again.</param>
internal readonly record struct Attempt(int At, DeliveryState State)
{
    /// <summary>The push service that answered, or did not; null when nothing was sent.</summary>
    public string? Origin { get; init; }

    /// <summary>Not before then, as the push service asked; null leaves it to the schedule.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The push service asks to be left alone for so long, whatever is to be sent to it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the accepted message can be deleted.</summary>
    public Uri? Location { get; init; }

    /// <summary>Held in the window until this is settled; null when nothing was sent.</summary>
    public Place? Place { get; init; }

    public DeliveryEnd End => State.End;

    public static Attempt Ended(int at, DeliveryEnd end, DeliveryReason reason) => new(at, new DeliveryState(end, reason));

    public static Attempt PutOff(int at, DeliveryReason reason, DateTimeOffset until) =>
        new(at, new DeliveryState(DeliveryEnd.Pending, reason)) { RetryAt = until };

    /// <summary>What an answer means for the delivery.</summary>
    public static DeliveryState StateOf(DeliveryOutcome outcome) =>
        outcome.Result switch
        {
            DeliveryResult.Accepted => new(DeliveryEnd.Accepted),
            // A push service that blocks our host says "gone" of everyone: that is about us, not about the subscription.
            DeliveryResult.Gone when outcome.HostAlert => new(DeliveryEnd.Rejected, DeliveryReason.HostBlocked),
            DeliveryResult.Gone => new(DeliveryEnd.Gone, DeliveryReason.UnknownSubscription),
            DeliveryResult.Rejected => new(DeliveryEnd.Rejected, RefusalOf(outcome)),
            DeliveryResult.Retry => new(DeliveryEnd.Pending, FaultOf(outcome)),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static DeliveryReason RefusalOf(DeliveryOutcome outcome) =>
        outcome switch
        {
            { KeyMismatch: true } => DeliveryReason.KeyMismatch,
            { HostAlert: true } => DeliveryReason.HostBlocked,
            { Unauthorized: true } => DeliveryReason.Unauthorized,
            { StatusCode: 400 } => DeliveryReason.BadRequest,
            { StatusCode: 413 } => DeliveryReason.TooLarge,
            _ => DeliveryReason.Refused,
        };

    private static DeliveryReason FaultOf(DeliveryOutcome outcome) =>
        outcome switch
        {
            { Throttled: true } => DeliveryReason.Throttled,
            { StatusCode: > 0 } => DeliveryReason.ServerError,
            { Reason: "timeout" or "connect-timeout" } => DeliveryReason.Timeout,
            _ => DeliveryReason.Unreachable,
        };
}
