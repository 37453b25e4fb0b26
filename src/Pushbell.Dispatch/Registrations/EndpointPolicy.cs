using Pushbell.WebPush;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Which endpoints are taken: those of the public push services, by parsed host, and of origins that the operator trusts.</summary>
public sealed class EndpointPolicy(IReadOnlySet<string> trustedOrigins)
{
    /// <returns>Null when allowed, otherwise a sentence for the caller.</returns>
    public string? Refusal(PushSubscription subscription)
    {
        var endpoint = subscription.Endpoint;
        if (trustedOrigins.Contains(subscription.Origin))
        {
            return null;
        }

        if (endpoint.IdnHost == "permanently-removed.invalid")
        {
            return "subscription.endpoint says that the browser removed this subscription for good; subscribe again.";
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps || endpoint.Port != 443)
        {
            return "subscription.endpoint must be an https address on port 443.";
        }

        return PushServiceProfile.ForHost(endpoint.IdnHost) is null
            ? $"subscription.endpoint: {endpoint.IdnHost} is not a push service that this installation sends to."
            : null;
    }
}
