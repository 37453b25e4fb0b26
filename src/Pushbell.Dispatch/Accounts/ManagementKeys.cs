using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>A management key after it was made: never its text, which is not kept. Moments are Unix milliseconds.</summary>
public sealed record ManagementKeyInfo
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>One of <see cref="RoleNames"/>.</summary>
    public string Role { get; init; } = "";

    /// <summary>The last four characters of the key.</summary>
    public string Hint { get; init; } = "";

    public long CreatedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public long? LastUsedAt { get; init; }

    public long? RevokedAt { get; init; }
}

/// <summary>
/// Keys for programs that manage: an organization's, with a role up to admin, or the operator's, above all organizations. Null stands for the
/// latter where an organization is asked for.
/// </summary>
public sealed class ManagementKeys(Database database, AuditLog audit, IdGenerator ids, TimeProvider clock)
{
    public const string Prefix = "mk_";

    private const string Columns = "id, name, role, hint, created_at, last_used_at, revoked_at";

    /// <summary>Revoked ones too, the oldest first.</summary>
    public Task<IReadOnlyList<ManagementKeyInfo>> ListAsync(long? organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<ManagementKeyInfo>(
                    $"SELECT {Columns} FROM management_key WHERE {Of(organization)} ORDER BY id",
                    new { organization }
                ),
            cancellationToken
        );

    /// <param name="organization">Whose; null: the operator's.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="role">At most admin; of an operator's key owner.</param>
    /// <param name="act">Who makes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key and its text, to be shown once.</returns>
    public Task<(ManagementKeyInfo Key, string Text)> CreateAsync(long? organization, string name, Role role, Act act, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var text = KeyText.Generate(Prefix);
                var key = new ManagementKeyInfo
                {
                    Id = ids.Next(),
                    Name = name,
                    Role = RoleNames.Of(role),
                    Hint = text[^4..],
                    CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                };
                await session.ExecuteAsync(
                    """
                    INSERT INTO management_key (hash, organization_id, id, role, name, hint, created_at)
                    VALUES (@hash, @organization, @Id, @Role, @Name, @Hint, @CreatedAt)
                    """,
                    new
                    {
                        hash = KeyText.Hash(text),
                        organization,
                        key.Id,
                        key.Role,
                        key.Name,
                        key.Hint,
                        key.CreatedAt,
                    }
                );
                await AuditAsync(session, organization, act, key, $"\"{name}\", {key.Role}");
                return (key, text);
            },
            cancellationToken
        );

    /// <summary>Refuses the key from the next request on. Once more changes nothing: it stays revoked since the first time.</summary>
    /// <returns>Null when there is no such key.</returns>
    public Task<ManagementKeyInfo?> RevokeAsync(long? organization, long id, Act act, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var key = await session.FirstAsync<ManagementKeyInfo>(
                    $"UPDATE management_key SET revoked_at = coalesce(revoked_at, @now) WHERE {Of(organization)} AND id = @id RETURNING {Columns}",
                    new { organization, id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
                );
                if (key is not null)
                {
                    await AuditAsync(session, organization, act, key, $"\"{key.Name}\"");
                }

                return key;
            },
            cancellationToken
        );

    // The operator's is no organization's: a comparison with null would find none.
    private static string Of(long? organization) => organization is null ? "organization_id IS NULL" : "organization_id = @organization";

    private Task AuditAsync(Session session, long? organization, Act act, ManagementKeyInfo key, string detail) =>
        audit.AddAsync(session, organization ?? AuditLog.Installation, act, PublicId.ManagementKey(key.Id), detail);
}
