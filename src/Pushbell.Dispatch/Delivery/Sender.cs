using System.Security.Cryptography;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>One attempt for one recipient: what may not be sent is decided here, the rest is one POST.</summary>
internal sealed class Sender(PushClient push, VapidKeyStore keys, OriginGate gate, OriginHealth health, TimeProvider clock)
{
    /// <returns>What is known without sending; null when it is to be sent.</returns>
    public Attempt? Decide(BatchWork work, int at, Recipient? recipient)
    {
        var now = clock.GetUtcNow();
        if (work.IsCancelled)
        {
            return Attempt.Ended(at, DeliveryEnd.Cancelled, DeliveryReason.CancelledByRequest);
        }

        if (work.IsExpired(now))
        {
            return Attempt.Ended(at, DeliveryEnd.Expired, DeliveryReason.TtlEnded);
        }

        if (recipient is not { IsActive: true })
        {
            // It ended after this batch was made: by a push service's word, or by the person's or organization's.
            return recipient is { Status: (int)RegistrationStatus.Expired }
                ? Attempt.Ended(at, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription)
                : Attempt.Ended(at, DeliveryEnd.Cancelled, DeliveryReason.NotActive);
        }

        if (gate.ClosedUntil(work.Key.OrganizationId, recipient.Origin) is { } opens)
        {
            return Attempt.PutOff(at, DeliveryReason.AskedToWait, opens);
        }

        return health.PausedFor(recipient.Origin) is { } pause ? Attempt.PutOff(at, DeliveryReason.PushServiceDown, now + pause) : null;
    }

    /// <summary>Never throws for what a push service or the network does.</summary>
    public async Task<Attempt> SendAsync(BatchWork work, int at, Recipient recipient, Place place)
    {
        var identity = await keys.OpenAsync(work.Key.OrganizationId, work.ServiceId, recipient.VapidKeyId, CancellationToken.None);
        var message = new PushMessage(work.Payload, Remaining(work, clock.GetUtcNow())) { Urgency = work.Urgency, Topic = work.Topic };
        try
        {
            var outcome = await push.SendAsync(recipient.Subscription, message, identity, CancellationToken.None);
            return Conclude(work, at, recipient, outcome) with { Place = place, Origin = recipient.Origin };
        }
        catch (CryptographicException)
        {
            // A key that is no point on the curve got past the border; nothing can ever be encrypted to it.
            return Attempt.Ended(at, DeliveryEnd.Rejected, DeliveryReason.BadKeys) with { Place = place };
        }
    }

    private Attempt Conclude(BatchWork work, int at, Recipient recipient, DeliveryOutcome outcome)
    {
        var attempt = new Attempt(at, Attempt.StateOf(outcome));
        if (outcome is { Result: DeliveryResult.Retry, StatusCode: 0 })
        {
            health.Failed(recipient.Origin);
        }
        else
        {
            health.Answered(recipient.Origin);
        }

        if (outcome.Result != DeliveryResult.Retry)
        {
            return attempt with { Location = outcome.MessageLocation };
        }

        if (outcome.RetryAfter is { } wait)
        {
            gate.Close(work.Key.OrganizationId, recipient.Origin, wait);
        }

        var now = clock.GetUtcNow();
        return now >= work.ExpiresAt
            ? Attempt.Ended(at, DeliveryEnd.Expired, DeliveryReason.TtlEnded)
            : attempt with { RetryAt = now + outcome.RetryAfter, RetryAfter = outcome.RetryAfter };
    }

    /// <summary>The TTL counts down while a message waits here (whole seconds, rounded up: a second's part is not lost at once).</summary>
    private static TimeSpan Remaining(BatchWork work, DateTimeOffset now)
    {
        var seconds = Math.Ceiling((work.ExpiresAt - now).TotalSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, work.Ttl.TotalSeconds));
    }
}
