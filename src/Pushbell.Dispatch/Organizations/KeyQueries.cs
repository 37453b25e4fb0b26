using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>A key as its owner sees it after it was made: never its text, which is not kept. Moments are Unix milliseconds.</summary>
public sealed record KeyInfo
{
    public long OrganizationId { get; init; }

    public long ServiceId { get; init; }

    public long Id { get; init; }

    public KeyKind Kind { get; init; }

    /// <summary>Blank-separated scopes of a restricted key.</summary>
    public string Scopes { get; init; } = "";

    public int IsService { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The last four characters of the key.</summary>
    public string Hint { get; init; } = "";

    public long CreatedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public long? LastUsedAt { get; init; }

    public long? RevokedAt { get; init; }
}

public sealed class KeyQueries(Database database)
{
    private const string Select = """
        SELECT organization_id, service_id, id, kind, scopes, is_service, name, hint, created_at, last_used_at, revoked_at
        FROM api_key WHERE organization_id = @organization
        """;

    /// <returns>Null when the organization has no such key.</returns>
    public Task<KeyInfo?> FindAsync(long organization, long key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FirstAsync<KeyInfo>($"{Select} AND id = @key", new { organization, key }), cancellationToken);

    /// <summary>Revoked ones too, the oldest first.</summary>
    public Task<IReadOnlyList<KeyInfo>> ListAsync(long organization, long service, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.ListAsync<KeyInfo>($"{Select} AND service_id = @service ORDER BY id", new { organization, service }),
            cancellationToken
        );
}
