using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>Makes keys and finds who presents one. Every look-up asks the database: a revoked key is refused by the next request.</summary>
public sealed class KeyRing(Database database, IdGenerator ids, TimeProvider clock)
{
    // "Last used" is for people: once a minute is exact enough and spares a write per request.
    private static readonly TimeSpan LastUsedGrain = TimeSpan.FromMinutes(1);

    /// <returns>Null when the key is unknown or revoked.</returns>
    public async Task<Caller?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKey.Hash(key);
        var found = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>(
                    """
                    SELECT k.organization_id, k.service_id, k.id AS key_id, k.kind, k.scopes, k.is_service, k.last_used_at, s.click_links,
                           s.is_active * s.notifications_enabled AS service_is_on
                    FROM api_key k JOIN service s ON s.organization_id = k.organization_id AND s.id = k.service_id
                    WHERE k.hash = @hash AND k.revoked_at IS NULL
                    """,
                    new { hash }
                ),
            cancellationToken
        );
        if (found is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (now - (found.LastUsedAt ?? 0) > LastUsedGrain.TotalMilliseconds)
        {
            await NoteUseAsync(hash, now, cancellationToken);
        }

        return found.ToCaller();
    }

    /// <summary>Only a note: a database that cannot be written to must not turn away a request that only reads.</summary>
    private async Task NoteUseAsync(string hash, long now, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                session => session.ExecuteAsync("UPDATE api_key SET last_used_at = @now WHERE hash = @hash", new { now, hash }),
                cancellationToken
            );
        }
        catch (StorageOutageException)
        {
            // The next request notes it.
        }
    }

    /// <returns>The key's id.</returns>
    public Task<long> CreateAsync(NewKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AddAsync(session, key), cancellationToken);

    /// <summary>Refuses the key from the next request on. Once more changes nothing: it stays revoked since the first time.</summary>
    /// <returns>Whether the organization has such a key.</returns>
    public Task<bool> RevokeAsync(long organization, long key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
                await session.ExecuteAsync(
                    "UPDATE api_key SET revoked_at = coalesce(revoked_at, @now) WHERE organization_id = @organization AND id = @key",
                    new { organization, key, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
                ) > 0,
            cancellationToken
        );

    /// <summary>Stores the hash of <paramref name="key"/> for a service, within the caller's transaction.</summary>
    public async Task<long> AddAsync(Session session, NewKey key)
    {
        var id = ids.Next();
        await session.ExecuteAsync(
            """
            INSERT INTO api_key (hash, organization_id, service_id, id, kind, scopes, is_service, name, hint, created_at)
            VALUES (@hash, @organization, @service, @id, @kind, @scopes, @isService, @name, @hint, @now)
            """,
            new
            {
                hash = ApiKey.Hash(key.Text),
                organization = key.OrganizationId,
                service = key.ServiceId,
                id,
                kind = (int)key.Kind,
                scopes = key.Scopes,
                isService = key.IsService ? 1 : 0,
                name = key.Name,
                hint = key.Text[^4..],
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        return id;
    }

    private sealed record Row
    {
        public long OrganizationId { get; init; }

        public long ServiceId { get; init; }

        public long KeyId { get; init; }

        public int Kind { get; init; }

        public string Scopes { get; init; } = "";

        public int IsService { get; init; }

        public long? LastUsedAt { get; init; }

        public int ServiceIsOn { get; init; }

        public int ClickLinks { get; init; }

        public Caller ToCaller() =>
            new()
            {
                OrganizationId = OrganizationId,
                ServiceId = ServiceId,
                KeyId = KeyId,
                Kind = (KeyKind)Kind,
                Scopes = Scopes,
                IsService = IsService != 0,
                ServiceIsOn = ServiceIsOn != 0,
                ClickLinks = ClickLinks != 0,
            };
    }
}

/// <summary>A key about to be stored; its text is shown once and never again.</summary>
public sealed record NewKey(
    long OrganizationId,
    long ServiceId,
    KeyKind Kind,
    string Text,
    string Name,
    string Scopes = "",
    bool IsService = false
);
