using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Gives a service another current VAPID pair. Registrations stay with the pair that they were made with, which goes on signing for
/// them until the last of them has subscribed again.
/// </summary>
public sealed class VapidRotation(Database database, VapidKeyStore keys, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Makes <paramref name="pair"/> the current one, from the next request on. One that the service has already becomes current again.</summary>
    public Task RotateAsync(long organization, long service, VapidKeys pair, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var scope = new { organization, service, pair.PublicKey };
                await session.ExecuteAsync(
                    "UPDATE vapid_key SET is_current = 0 WHERE organization_id = @organization AND service_id = @service AND is_current = 1",
                    scope
                );
                var known = await session.ExecuteAsync(
                    """
                    UPDATE vapid_key SET is_current = 1, is_retired = 0
                    WHERE organization_id = @organization AND service_id = @service AND public_key = @PublicKey
                    """,
                    scope
                );
                if (known == 0)
                {
                    await keys.AddAsync(session, organization, service, ids.Next(), pair, clock.GetUtcNow().ToUnixTimeMilliseconds());
                }

                await VapidRetirement.RunAsync(session, organization, service);
            },
            cancellationToken
        );

    /// <summary>Refuses a pair that is no longer current from now on; what nobody uses has retired by itself.</summary>
    /// <returns>Null when it is retired, otherwise why it cannot be.</returns>
    public Task<Failure?> RetireAsync(long organization, long service, string publicKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await VapidRetirement.RunAsync(session, organization, service);
                var pairs = await VapidKeyQueries.ListAsync(session, organization, service);
                return pairs.FirstOrDefault(pair => pair.PublicKey == publicKey) switch
                {
                    null => new Failure.NotFound($"The service has no VAPID key '{publicKey}'. See: pushbell vapid list"),
                    { IsCurrent: not 0 } => new Failure.InvalidRequest("This is the current VAPID key; rotate first, then it retires with the last registration that uses it."),
                    { IsRetired: 0 } used => new Failure.InvalidRequest(
                        $"{used.ActiveRegistrations} active {(used.ActiveRegistrations == 1 ? "registration still uses" : "registrations still use")} this VAPID key; "
                            + "it retires by itself when the last of them has subscribed with the current one."
                    ),
                    _ => (Failure?)null,
                };
            },
            cancellationToken
        );
}
