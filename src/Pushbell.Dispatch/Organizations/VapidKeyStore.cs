using System.Collections.Concurrent;
using System.Security.Cryptography;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Organizations;

/// <summary>A service's VAPID key pairs, private halves sealed. A pair never changes, its contact may: an opened one is kept for a minute.</summary>
public sealed class VapidKeyStore(Database database, MasterKey master, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly Sealer sealer = new(master, "vapid");
    private readonly ConcurrentDictionary<(long Organization, long Service, long Key), (VapidIdentity Identity, long At)> opened = new();

    public Task AddAsync(Session session, long organization, long service, long id, VapidKeys keys, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO vapid_key (organization_id, service_id, id, public_key, sealed_private_key, is_current, created_at)
            VALUES (@organization, @service, @id, @PublicKey, @box, 1, @now)
            """,
            new
            {
                organization,
                service,
                id,
                keys.PublicKey,
                box = sealer.Seal(keys.ExportPrivateKey(), Context(organization, service, id)),
                now,
            }
        );

    /// <summary>The pair that a registration was made with, and the contact that push services may write to.</summary>
    /// <exception cref="CryptographicException">The master key is not the one that sealed it.</exception>
    public async ValueTask<VapidIdentity> OpenAsync(long organization, long service, long id, CancellationToken cancellationToken)
    {
        if (opened.TryGetValue((organization, service, id), out var known) && clock.GetElapsedTime(known.At) < Kept)
        {
            return known.Identity;
        }

        try
        {
            var identity = await ReadAsync(organization, service, id, cancellationToken);
            opened[(organization, service, id)] = (identity, clock.GetTimestamp());
            return identity;
        }
        catch (StorageOutageException) when (known.Identity is not null)
        {
            // A contact that may be a minute old is no reason to fail deliveries.
            return known.Identity;
        }
    }

    private async Task<VapidIdentity> ReadAsync(long organization, long service, long id, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>(
                    """
                    SELECT v.sealed_private_key, s.contact_email FROM vapid_key v
                    JOIN service s ON s.organization_id = v.organization_id AND s.id = v.service_id
                    WHERE v.organization_id = @organization AND v.service_id = @service AND v.id = @id
                    """,
                    new { organization, service, id }
                ),
            cancellationToken
        );
        var privateKey = sealer.Open(row!.SealedPrivateKey, Context(organization, service, id));
        var identity = new VapidIdentity(VapidKeys.FromPrivateKey(privateKey), "mailto:" + row.ContactEmail);
        CryptographicOperations.ZeroMemory(privateKey);
        return identity;
    }

    private static string Context(long organization, long service, long id) => $"{organization}/{service}/{id}";

    private sealed record Row
    {
        public byte[] SealedPrivateKey { get; init; } = [];

        public string ContactEmail { get; init; } = "";
    }
}
