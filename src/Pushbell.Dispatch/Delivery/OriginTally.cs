using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Delivery;

/// <summary>The answers of one push service in one group.</summary>
/// <param name="Judged">About a message or a subscription: it talks to us.</param>
/// <param name="Gone">Of those, subscriptions that it no longer knows.</param>
/// <param name="Refused">About ourselves: our key, subject or clock.</param>
/// <param name="Blocked">It blocks this sender as a whole, and says so.</param>
/// <param name="RetryAfter">The longest pause that it asked for.</param>
internal readonly record struct OriginTally(int Judged, int Gone, int Refused, bool Blocked, TimeSpan? RetryAfter)
{
    public int Samples => Judged;

    public bool IsEmpty => Judged == 0 && Refused == 0 && RetryAfter is null;

    public static OriginTally Of(IEnumerable<Attempt> answers)
    {
        var tally = default(OriginTally);
        foreach (var attempt in answers)
        {
            tally = attempt.State switch
            {
                { Reason: DeliveryReason.Unauthorized } => tally with { Refused = tally.Refused + 1 },
                { Reason: DeliveryReason.HostBlocked } => tally with { Refused = tally.Refused + 1, Blocked = true },
                { End: DeliveryEnd.Gone } => tally with { Judged = tally.Judged + 1, Gone = tally.Gone + 1 },
                { End: DeliveryEnd.Accepted or DeliveryEnd.Rejected } => tally with { Judged = tally.Judged + 1 },
                _ => tally,
            };
            if (attempt.RetryAfter > (tally.RetryAfter ?? TimeSpan.Zero))
            {
                tally = tally with { RetryAfter = attempt.RetryAfter };
            }
        }

        return tally;
    }
}
