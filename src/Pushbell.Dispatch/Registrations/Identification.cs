using Pushbell.Dispatch.Organizations;

namespace Pushbell.Dispatch.Registrations;

/// <summary>What a page says of its user is checked as its service asks; a backend, with a key of its own, is believed.</summary>
public sealed class Identification(IdentityPolicies identities, TimeProvider clock)
{
    /// <returns>The registration for whom it is proved to be, or why not.</returns>
    public async Task<Result<NewRegistration>> RunAsync(NewRegistration registration, CancellationToken cancellationToken)
    {
        var caller = registration.Caller;
        if (caller.Kind != KeyKind.Publishable)
        {
            return registration;
        }

        var rule = await identities.GetAsync(caller.OrganizationId, caller.ServiceId, cancellationToken);
        var namesSomebody = (registration.Email ?? registration.UserId) is not null;
        if (rule.Mode == IdentityMode.Off)
        {
            return registration;
        }

        if (registration.IdentityToken is not { } token)
        {
            return rule.Mode == IdentityMode.Required && namesSomebody
                ? new Failure.Forbidden("This service registers people only with an identity_token, which its backend signs for a signed-in user.")
                : registration;
        }

        if (rule.Key is not { } key)
        {
            return new Failure.Forbidden("This service has no identity key to check the identity_token with.");
        }

        if (!IdentityToken.Verify(token, key, caller.OrganizationId, clock.GetUtcNow()).TryGet(out var identity, out var bad))
        {
            return bad;
        }

        return (registration.Email is { } email && email != identity.Email) || (registration.UserId is { } user && user != identity.UserId)
            ? new Failure.Forbidden("The identity_token is for somebody else than the registration names.")
            : registration with { Email = identity.Email, UserId = identity.UserId };
    }
}
