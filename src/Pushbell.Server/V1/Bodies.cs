using System.ComponentModel.DataAnnotations;
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
    /// <summary>Whose devices: the subscriber's email. It is hashed, never stored in plain text.</summary>
    [Required]
    [EmailAddress]
    public string? Email { get; init; }

    /// <summary>The headline.</summary>
    [Required]
    [MinLength(1)]
    public string? Title { get; init; }

    /// <summary>The text below it.</summary>
    [Required]
    [MinLength(1)]
    public string? Body { get; init; }

    /// <summary>Where a tap leads: an absolute http or https address.</summary>
    [Url]
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

/// <summary>What came of a send.</summary>
/// <param name="Sent">Deliveries that a push service accepted.</param>
/// <param name="Failed">Deliveries that ended otherwise; never charged.</param>
/// <param name="Credits">What can still be spent; null when the organization is not metered.</param>
internal sealed record SendAnswer(int Sent, int Failed, long? Credits);

/// <summary>A browser's PushSubscription and whose it is.</summary>
internal sealed record SubscribeBody
{
    /// <summary>Whose browser it is: the subscriber's email. It is hashed, never stored in plain text.</summary>
    [Required]
    [EmailAddress]
    public string? Email { get; init; }

    /// <summary>What the browser's PushSubscription gives as JSON.</summary>
    [Required]
    public SubscriptionBody? Subscription { get; init; }

    /// <summary>Proves whom it is for, where the service asks pages for that: a signed JWT from your backend.</summary>
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

/// <summary>The subscription is stored.</summary>
/// <param name="Ok">Always true.</param>
internal sealed record SubscribeAnswer(bool Ok);

/// <summary>The person who wants no more notifications.</summary>
internal sealed record UnsubscribeBody
{
    /// <summary>Whose subscriptions: the subscriber's email.</summary>
    [Required]
    [EmailAddress]
    public string? Email { get; init; }

    /// <summary>Proves whose they are, where the service asks pages for that.</summary>
    public string? IdentityToken { get; init; }
}

/// <summary>What came of an unsubscription.</summary>
/// <param name="Removed">How many subscriptions were active.</param>
internal sealed record UnsubscribeAnswer(int Removed);

/// <summary>Every error of /v1.</summary>
/// <param name="Error">What is wrong, in one sentence.</param>
internal sealed record ErrorAnswer(string Error);

internal static class Emails
{
    public static Result<string> Parse(string? email) =>
        string.IsNullOrWhiteSpace(email) ? new Failure.InvalidRequest("email is required.")
        : SubscriberEmails.Normalize(email) is { } normalized ? normalized
        : new Failure.InvalidRequest("email is not an email address.");
}
