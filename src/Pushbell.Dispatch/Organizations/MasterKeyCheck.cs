using System.Security.Cryptography;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Whether a master key is the one that this database was filled under. With another, nobody would be found by email, no VAPID key
/// would open, and what is registered from then on would be lost to the right key.
/// </summary>
public static class MasterKeyCheck
{
    /// <returns>Whether anything in the database depends on a master key.</returns>
    public static async Task<bool> IsNeededAsync(Database database, CancellationToken cancellationToken) =>
        await FirstKeyAsync(database, cancellationToken) is not null;

    /// <exception cref="UnusableDatabaseException">It is another one.</exception>
    public static async Task RunAsync(Database database, MasterKey master, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FirstKeyAsync(database, cancellationToken) is not { } key)
        {
            return;
        }

        try
        {
            await new VapidKeyStore(database, master, clock).OpenAsync(key.OrganizationId, key.ServiceId, key.Id, cancellationToken);
        }
        catch (CryptographicException exception)
        {
            throw new UnusableDatabaseException(
                "The master key is not the one that this database was filled under. Give that one (Pushbell:MasterKey, or master.key beside "
                    + "the database).",
                exception
            );
        }
    }

    private static Task<SealedKey?> FirstKeyAsync(Database database, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync<SealedKey>("SELECT organization_id, service_id, id FROM vapid_key LIMIT 1"),
            cancellationToken
        );

    private sealed record SealedKey
    {
        public long OrganizationId { get; init; }

        public long ServiceId { get; init; }

        public long Id { get; init; }
    }
}
