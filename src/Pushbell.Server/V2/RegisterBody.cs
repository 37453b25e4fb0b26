using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>A browser that registers itself.</summary>
internal sealed record RegisterBody : BrowserBody
{
    /// <summary>What the browser's PushSubscription gives as JSON.</summary>
    [Required]
    public SubscriptionBody? Subscription { get; init; }

    /// <param name="caller">Whose publishable key it is.</param>
    /// <param name="token">The token of the registration that the endpoint has now, where the page still has it.</param>
    public Result<NewRegistration> ToRegistration(Caller caller, string? token)
    {
        if (!SubscriptionBody.Parse(Subscription).TryGet(out var subscription, out var badSubscription))
        {
            return badSubscription;
        }

        if (!Check().TryGet(out var fields, out var bad))
        {
            return bad;
        }

        return new NewRegistration(caller, subscription)
        {
            VapidPublicKey = Given(VapidPublicKey),
            Token = token,
            Email = fields.Named.Email,
            KeepEmail = true,
            UserId = fields.Named.UserId,
            IdentityToken = Given(IdentityToken),
            DeviceInfo = fields.Device,
            IsInstalled = IsInstalled ?? false,
            Language = Language,
            TimeZone = TimeZone,
        };
    }
}
