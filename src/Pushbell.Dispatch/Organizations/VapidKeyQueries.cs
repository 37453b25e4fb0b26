using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>A VAPID pair of a service, and how many still depend on it.</summary>
public sealed record VapidKeyInfo
{
    public string PublicKey { get; init; } = "";

    /// <summary>What pages subscribe with now.</summary>
    public int IsCurrent { get; init; }

    /// <summary>Nobody uses it any more, and nobody may.</summary>
    public int IsRetired { get; init; }

    public long ActiveRegistrations { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }
}

public sealed class VapidKeyQueries(Database database)
{
    /// <summary>Retired ones too, the newest first.</summary>
    public Task<IReadOnlyList<VapidKeyInfo>> ListAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ListAsync(session, organization, service), cancellationToken);

    internal static Task<IReadOnlyList<VapidKeyInfo>> ListAsync(Session session, long organization, long service) =>
        session.ListAsync<VapidKeyInfo>(
            """
            SELECT v.public_key, v.is_current, v.is_retired, v.created_at, (
                SELECT count(*) FROM registration r
                WHERE r.organization_id = v.organization_id AND r.service_id = v.service_id AND r.vapid_key_id = v.id AND r.status = 0
            ) AS active_registrations
            FROM vapid_key v WHERE v.organization_id = @organization AND v.service_id = @service ORDER BY v.id DESC
            """,
            new { organization, service }
        );
}
