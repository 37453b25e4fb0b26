using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>
/// What a page changes of its registration; what is left out stays. Naming <c>user_email</c>, <c>user_id</c> or an <c>identity_token</c>
/// says whose browser it is from now on, in place of whom it was; empty texts make it nobody's, as after a logout.
/// </summary>
internal sealed record ChangeBody : BrowserBody
{
    /// <summary>A new PushSubscription of the browser; it replaces endpoint and keys, and makes an expired or inactive registration active again.</summary>
    public SubscriptionBody? Subscription { get; init; }

    public Result<RegistrationChange> ToChange()
    {
        if (!Check().TryGet(out var fields, out var bad))
        {
            return bad;
        }

        var change = new RegistrationChange
        {
            VapidPublicKey = Given(VapidPublicKey),
            Identity = UserEmail is null && UserId is null ? null : fields.Named,
            IdentityToken = Given(IdentityToken),
            DeviceInfo = fields.Device,
            IsInstalled = IsInstalled,
            Language = Language,
            TimeZone = TimeZone,
        };
        if (Subscription is null)
        {
            return change;
        }

        return SubscriptionBody.Parse(Subscription).TryGet(out var subscription, out var badSubscription)
            ? change with { Subscription = subscription }
            : badSubscription;
    }
}
