using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.Server.V1;

/// <summary>A notification for all devices of one person.</summary>
internal sealed record SendBody
{
    public string? Email { get; init; }

    public string? Title { get; init; }

    public string? Body { get; init; }

    /// <summary>Where a tap leads.</summary>
    public string? Url { get; init; }

    public Result<SendRequest> ToRequest(Caller caller)
    {
        if (!Emails.Parse(Email).TryGet(out var email, out var bad))
        {
            return bad;
        }

        foreach (var (name, text) in new[] { ("title", Title), ("body", Body) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return new Failure.InvalidRequest($"{name} is required and must not be empty.");
            }
        }

        var url = string.IsNullOrEmpty(Url) ? null : Url;
        if (WebAddress.Check("url", url) is { } badUrl)
        {
            return new Failure.InvalidRequest(badUrl);
        }

        var content = new NotificationContent
        {
            Title = Title!,
            Body = Body!,
            Url = url,
        };
        return new SendRequest(caller, new Target.Emails([email]), content)
        {
            NobodySentence = "No active subscriptions found for this email.",
        };
    }
}

/// <param name="Sent">Deliveries that a push service accepted.</param>
/// <param name="Failed">Deliveries that ended otherwise; never charged.</param>
/// <param name="Credits">What can still be spent; null when the organization is not metered.</param>
internal sealed record SendAnswer(int Sent, int Failed, long? Credits);

/// <summary>A browser's PushSubscription and whose it is.</summary>
internal sealed record SubscribeBody
{
    public string? Email { get; init; }

    public SubscriptionBody? Subscription { get; init; }

    /// <summary>Proves whom it is for, where the service asks pages for that.</summary>
    public string? IdentityToken { get; init; }

    public Result<NewRegistration> ToRegistration(Caller caller)
    {
        if (!Emails.Parse(Email).TryGet(out var email, out var bad))
        {
            return bad;
        }

        return PushSubscription.TryCreate(
            Subscription?.Endpoint,
            Subscription?.Keys?.P256dh,
            Subscription?.Keys?.Auth,
            out var subscription,
            out var problem
        )
            ? new NewRegistration(caller, subscription) { Email = email, IdentityToken = string.IsNullOrEmpty(IdentityToken) ? null : IdentityToken }
            : new Failure.InvalidRequest("subscription: " + problem);
    }
}

internal sealed record SubscriptionBody
{
    public string? Endpoint { get; init; }

    public SubscriptionKeysBody? Keys { get; init; }
}

internal sealed record SubscriptionKeysBody
{
    public string? P256dh { get; init; }

    public string? Auth { get; init; }
}

internal sealed record SubscribeAnswer(bool Ok);

internal sealed record UnsubscribeBody
{
    public string? Email { get; init; }
}

/// <param name="Removed">How many subscriptions were active.</param>
internal sealed record UnsubscribeAnswer(int Removed);

internal sealed record ErrorAnswer(string Error);

internal static class Emails
{
    public static Result<string> Parse(string? email) =>
        string.IsNullOrWhiteSpace(email) ? new Failure.InvalidRequest("email is required.")
        : SubscriberEmails.Normalize(email) is { } normalized ? normalized
        : new Failure.InvalidRequest("email is not an email address.");
}
