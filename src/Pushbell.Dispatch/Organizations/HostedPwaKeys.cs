using System.Text;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// The publishable key that a service's hosted PWA shows to everybody. Keys are stored as hashes, so this one is kept sealed besides;
/// it is listed and revoked like any other, and a revoked one is followed by a new one.
/// </summary>
public sealed class HostedPwaKeys(Database database, MasterKey master, KeyRing keys)
{
    public const string Name = "hosted PWA";
    private readonly Sealer sealer = new(master, "pwa-key");

    /// <returns>The key's text, made at the first visit.</returns>
    public async Task<string> GetAsync(long organization, long service, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => FindAsync(session, organization, service, ""), cancellationToken)
        ?? await database.WriteAsync(
            async session =>
                await FindAsync(session, organization, service, session.Dialect.ForUpdate) ?? await AddAsync(session, organization, service),
            cancellationToken
        );

    private async Task<string?> FindAsync(Session session, long organization, long service, string locking)
    {
        var box = await session.FirstAsync<byte[]>(
            $"SELECT sealed_pwa_key FROM service WHERE organization_id = @organization AND id = @service {locking}",
            new { organization, service }
        );
        if (box is null)
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(sealer.Open(box, Context(organization, service)));
        var isGood = await session.FirstAsync<int>(
            "SELECT count(*) FROM api_key WHERE hash = @hash AND revoked_at IS NULL",
            new { hash = ApiKey.Hash(text) }
        );
        return isGood > 0 ? text : null;
    }

    private async Task<string> AddAsync(Session session, long organization, long service)
    {
        var text = ApiKey.Generate(KeyKind.Publishable);
        await keys.AddAsync(session, new NewKey(organization, service, KeyKind.Publishable, text, Name));
        await session.ExecuteAsync(
            "UPDATE service SET sealed_pwa_key = @box WHERE organization_id = @organization AND id = @service",
            new
            {
                organization,
                service,
                box = sealer.Seal(Encoding.ASCII.GetBytes(text), Context(organization, service)),
            }
        );
        return text;
    }

    private static string Context(long organization, long service) => $"{organization}/{service}";
}
