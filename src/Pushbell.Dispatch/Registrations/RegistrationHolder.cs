using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>A page that has shown its registration's token.</summary>
/// <param name="Caller">Its organization and service; it may do what a page may.</param>
/// <param name="RegistrationId">Its registration, and no other.</param>
/// <param name="TokenHash">Asked for again by every write: a newer token takes the registration from whoever holds the old one.</param>
public sealed record RegistrationHolder(Caller Caller, long RegistrationId, string TokenHash);

public sealed class RegistrationHolders(Database database)
{
    /// <returns>Null when the token is not this registration's; an unknown registration looks the same.</returns>
    public async Task<RegistrationHolder?> FindAsync(long registration, string token, CancellationToken cancellationToken)
    {
        if (!RegistrationToken.TryParse(token, out var organization, out var service))
        {
            return null;
        }

        var tokenHash = RegistrationToken.Hash(token);
        var serviceIsOn = await database.ReadAsync(
            session =>
                session.FirstAsync<int?>(
                    """
                    SELECT s.is_active * s.notifications_enabled FROM registration r
                    JOIN service s ON s.organization_id = r.organization_id AND s.id = r.service_id
                    WHERE r.organization_id = @organization AND r.service_id = @service AND r.id = @registration AND r.token_hash = @tokenHash
                    """,
                    new
                    {
                        organization,
                        service,
                        registration,
                        tokenHash,
                    }
                ),
            cancellationToken
        );
        return serviceIsOn is { } on ? new RegistrationHolder(PageOf(organization, service, on != 0), registration, tokenHash) : null;
    }

    private static Caller PageOf(long organization, long service, bool serviceIsOn) =>
        new()
        {
            OrganizationId = organization,
            ServiceId = service,
            Kind = KeyKind.Publishable,
            ServiceIsOn = serviceIsOn,
        };
}
