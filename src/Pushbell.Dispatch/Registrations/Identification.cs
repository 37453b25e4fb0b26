using Pushbell.Dispatch.Organizations;

namespace Pushbell.Dispatch.Registrations;

/// <summary>What a page says of its user is checked as its service asks; a backend, with a key of its own, is believed.</summary>
public sealed class Identification(IdentityPolicies identities, TimeProvider clock)
{
    /// <param name="caller">Whose key it is.</param>
    /// <param name="named">Whom the page names.</param>
    /// <param name="token">Its proof, an <see cref="IdentityToken"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Who it is proved to be, or why not.</returns>
    public async Task<Result<Identity>> ProveAsync(Caller caller, Identity named, string? token, CancellationToken cancellationToken)
    {
        if (caller.Kind != KeyKind.Publishable)
        {
            return named;
        }

        var rule = await identities.GetAsync(caller.OrganizationId, caller.ServiceId, cancellationToken);
        if (rule.Mode == IdentityMode.Off)
        {
            return named;
        }

        if (token is null)
        {
            return rule.Mode == IdentityMode.Required && (named.Email ?? named.UserId) is not null
                ? new Failure.Forbidden("This service takes people's names only with an identity_token, which its backend signs for a signed-in user.")
                : named;
        }

        if (rule.Key is not { } key)
        {
            return new Failure.Forbidden("This service has no identity key to check the identity_token with.");
        }

        if (!IdentityToken.Verify(token, key, caller.OrganizationId, clock.GetUtcNow()).TryGet(out var proved, out var bad))
        {
            return bad;
        }

        return (named.Email is { } email && email != proved.Email) || (named.UserId is { } user && user != proved.UserId)
            ? new Failure.Forbidden("The identity_token is for somebody else than the one named.")
            : proved;
    }
}
