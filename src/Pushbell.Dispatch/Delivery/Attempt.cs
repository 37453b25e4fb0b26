using Pushbell.Dispatch.Notifications;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What became of one recipient in this round.</summary>
/// <param name="At">Position in the batch.</param>
/// <param name="End"><see cref="DeliveryEnd.Pending"/>: to be tried again.</param>
/// <param name="Blame">Whom a rejection speaks against.</param>
/// <param name="RetryAt">Not before then, as the push service asked; null leaves it to the schedule.</param>
internal readonly record struct Attempt(int At, DeliveryEnd End, Blame Blame = Blame.Registration, DateTimeOffset? RetryAt = null)
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

    public static Blame BlameOf(DeliveryOutcome outcome) =>
        outcome switch
        {
            { KeyMismatch: true } => Blame.VapidKey,
            { Unauthorized: true } or { HostAlert: true } => Blame.Us,
            _ => Blame.Registration,
        };
}

internal enum Blame
{
    /// <summary>The registration, should it go on like this.</summary>
    Registration,

    /// <summary>The registration must be made anew: the push service knows it under another VAPID key.</summary>
    VapidKey,

    /// <summary>Our key, subject, clock or host. Nothing is learnt about the registration.</summary>
    Us,
}
