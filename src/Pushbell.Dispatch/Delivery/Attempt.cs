using Pushbell.Dispatch.Notifications;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What became of one recipient in this round.</summary>
/// <param name="At">Position in the batch.</param>
/// <param name="End"><see cref="DeliveryEnd.Pending"/>: to be tried again at <paramref name="RetryAt"/>.</param>
/// <param name="KeyMismatch">The registration must be made anew: the push service knows it under another VAPID key.</param>
/// <param name="RetryAt">Not before then.</param>
internal readonly record struct Attempt(int At, DeliveryEnd End, bool KeyMismatch = false, DateTimeOffset? RetryAt = null)
{
    public static DeliveryEnd EndOf(DeliveryOutcome outcome) =>
        outcome.Result switch
        {
            DeliveryResult.Accepted => DeliveryEnd.Accepted,
            // A push service that blocks our host says "gone" of everyone: that is about us, not about the subscription.
            DeliveryResult.Gone when outcome.HostAlert => DeliveryEnd.Rejected,
            DeliveryResult.Gone => DeliveryEnd.Gone,
            DeliveryResult.Rejected => DeliveryEnd.Rejected,
            DeliveryResult.Retry => DeliveryEnd.Pending,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}
