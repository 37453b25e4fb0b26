using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>The web origins that may register browsers with a service.</summary>
public sealed class ServiceOrigins(Database database)
{
    private const string Exists = "SELECT count(*) FROM service_origin WHERE origin = @origin";

    public async Task<bool> AllowsAsync(long organization, long service, string origin, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session =>
                session.FirstAsync<int>(
                    $"{Exists} AND organization_id = @organization AND service_id = @service",
                    new { organization, service, origin }
                ),
            cancellationToken
        ) > 0;

    /// <summary>Where a notification of this service leads when its sender does not say: its site, if it has exactly one.</summary>
    public async Task<string?> HomeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var sites = await database.ReadAsync(
            session =>
                session.ListAsync<string>(
                    """
                    SELECT origin FROM service_origin
                    WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND origin LIKE 'https://%' LIMIT 2
                    """,
                    new { caller.OrganizationId, caller.ServiceId }
                ),
            cancellationToken
        );
        return sites is [var site] ? site + "/" : null;
    }

    /// <summary>Whether any service allows it: all that a CORS preflight, which carries no key, can be told by.</summary>
    public async Task<bool> AnyAllowsAsync(string origin, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.FirstAsync<int>(Exists, new { origin }), cancellationToken) > 0;

    public Task<IReadOnlyList<string>> ListAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<string>(
                    "SELECT origin FROM service_origin WHERE organization_id = @organization AND service_id = @service ORDER BY origin",
                    new { organization, service }
                ),
            cancellationToken
        );

    /// <summary>Adds origins to every service; meant for the one of a first start.</summary>
    public Task AddToAllAsync(IReadOnlyList<string> origins, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var origin in origins)
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO service_origin (organization_id, service_id, origin) SELECT organization_id, id, @origin FROM service
                        WHERE true ON CONFLICT (organization_id, service_id, origin) DO NOTHING
                        """,
                        new { origin }
                    );
                }
            },
            cancellationToken
        );

    /// <summary>Adds origins within the caller's transaction; one that is there already stays.</summary>
    internal static async Task AddAsync(Session session, long organization, long service, IReadOnlyList<string> origins)
    {
        foreach (var origin in origins)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO service_origin (organization_id, service_id, origin) VALUES (@organization, @service, @origin)
                ON CONFLICT (organization_id, service_id, origin) DO NOTHING
                """,
                new { organization, service, origin }
            );
        }
    }

    internal static async Task RemoveAsync(Session session, long organization, long service, IReadOnlyList<string> origins)
    {
        foreach (var origin in origins)
        {
            await session.ExecuteAsync(
                "DELETE FROM service_origin WHERE organization_id = @organization AND service_id = @service AND origin = @origin",
                new { organization, service, origin }
            );
        }
    }

    internal static Task ClearAsync(Session session, long organization, long service) =>
        session.ExecuteAsync(
            "DELETE FROM service_origin WHERE organization_id = @organization AND service_id = @service",
            new { organization, service }
        );
}
