using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Which of a service's VAPID pairs a subscription was made with. Push services refuse every other, so this is remembered with each
/// registration, and a rotation loses nobody.
/// </summary>
public static class VapidKeyChoice
{
    private const string Select = "SELECT id, is_retired FROM vapid_key WHERE organization_id = @organization AND service_id = @service AND";

    /// <param name="session">The transaction that stores the registration.</param>
    /// <param name="caller">Whose service.</param>
    /// <param name="named">The public key that the browser says it subscribed with.</param>
    /// <param name="known">What an unchanged subscription was stored with before.</param>
    /// <returns>The pair's id: the one named, else the one known, else the current one.</returns>
    public static async Task<Result<long>> ResolveAsync(Session session, Caller caller, string? named, long? known)
    {
        var (organization, service) = (caller.OrganizationId, caller.ServiceId);
        // It must not retire between this look and the registration that will use it.
        var stays = session.Dialect.ForShare;
        var found =
            named is not null ? await session.FirstAsync<Row>($"{Select} public_key = @named {stays}", new { organization, service, named })
            : known is not null ? await session.FirstAsync<Row>($"{Select} id = @known {stays}", new { organization, service, known })
            : await CurrentAsync(session, organization, service, stays)
                // Rotated while this waited for its row: the next look finds the new one.
                ?? await CurrentAsync(session, organization, service, stays);
        return found switch
        {
            null => new Failure.InvalidRequest("vapid_public_key is none of this service's keys; subscribe with the current one."),
            { IsRetired: not 0 } => new Failure.InvalidRequest("The subscription was made with a VAPID key that is retired; subscribe again with the current one."),
            _ => found.Id,
        };
    }

    private static Task<Row?> CurrentAsync(Session session, long organization, long service, string stays) =>
        session.FirstAsync<Row>($"{Select} is_current = 1 {stays}", new { organization, service });

    private sealed record Row
    {
        public long Id { get; init; }

        public int IsRetired { get; init; }
    }
}
