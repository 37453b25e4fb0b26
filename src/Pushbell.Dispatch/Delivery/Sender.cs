using System.Security.Cryptography;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>One attempt for one recipient: what may not be sent is ended here, the rest is one POST.</summary>
internal sealed class Sender(PushClient push, VapidKeyStore keys, OriginGate gate, TimeProvider clock)
{
    /// <summary>Never throws for what a push service or the network does.</summary>
    public async Task<Attempt> SendAsync(BatchWork work, int at, Recipient? recipient)
    {
        var now = clock.GetUtcNow();
        if (work.IsExpired(now))
        {
            return new Attempt(at, DeliveryEnd.Expired);
        }

        if (recipient is not { IsActive: true })
        {
            // It ended after this batch was made: by a push service's word, or by the person's or organization's.
            var end = recipient is { Status: (int)RegistrationStatus.Expired } ? DeliveryEnd.Gone : DeliveryEnd.Cancelled;
            return new Attempt(at, end);
        }

        var subscription = recipient.Subscription;
        if (gate.ClosedUntil(work.Key.OrganizationId, subscription.Origin) is { } opens)
        {
            return new Attempt(at, DeliveryEnd.Pending, RetryAt: opens);
        }

        var identity = await keys.OpenAsync(work.Key.OrganizationId, work.ServiceId, recipient.VapidKeyId, CancellationToken.None);
        var message = new PushMessage(work.Payload, Remaining(work, now)) { Urgency = work.Urgency, Topic = work.Topic };
        try
        {
            return Conclude(work, at, subscription, await push.SendAsync(subscription, message, identity, CancellationToken.None));
        }
        catch (CryptographicException)
        {
            // A key that is no point on the curve got past the border; nothing can ever be encrypted to it.
            return new Attempt(at, DeliveryEnd.Rejected, Blame.VapidKey);
        }
    }

    private Attempt Conclude(BatchWork work, int at, PushSubscription subscription, DeliveryOutcome outcome)
    {
        if (outcome.Result != DeliveryResult.Retry)
        {
            return new Attempt(at, Attempt.EndOf(outcome), Attempt.BlameOf(outcome));
        }

        if (outcome.RetryAfter is { } wait)
        {
            gate.Close(work.Key.OrganizationId, subscription.Origin, wait);
        }

        var now = clock.GetUtcNow();
        return now >= work.ExpiresAt
            ? new Attempt(at, DeliveryEnd.Expired)
            : new Attempt(at, DeliveryEnd.Pending, RetryAt: now + outcome.RetryAfter);
    }

    /// <summary>The TTL counts down while a message waits here (whole seconds, rounded up: a second's part is not lost at once).</summary>
    private static TimeSpan Remaining(BatchWork work, DateTimeOffset now)
    {
        var seconds = Math.Ceiling((work.ExpiresAt - now).TotalSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, work.Ttl.TotalSeconds));
    }
}
