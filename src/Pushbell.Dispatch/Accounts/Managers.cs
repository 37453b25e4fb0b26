using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>
/// Finds out who asks, and what he may do in an organization. Every look-up asks the database: a revoked key, an ended session and a
/// changed role hold from the next request on.
/// </summary>
public sealed class Managers(Database database, TimeProvider clock)
{
    // "Last seen" and "last used" are for people: once a minute is exact enough and spares a write per request.
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <param name="token">As the session's cookie holds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the session is unknown, ended or lapsed.</returns>
    public async Task<Manager?> OfSessionAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (KeyText.Hash(token), clock.GetUtcNow());
        var found = await database.ReadAsync(
            session =>
                session.FirstAsync<SessionRow>(
                    """
                    SELECT s.id AS session_id, s.account_id, s.last_seen_at, a.email, a.is_operator
                    FROM account_session s JOIN account a ON a.id = s.account_id
                    WHERE s.hash = @hash AND s.last_seen_at > @idleSince AND s.created_at > @oldest
                    """,
                    new
                    {
                        hash,
                        idleSince = (now - AccountSessions.IdleEnd).ToUnixTimeMilliseconds(),
                        oldest = (now - AccountSessions.AbsoluteEnd).ToUnixTimeMilliseconds(),
                    }
                ),
            cancellationToken
        );
        if (found is null)
        {
            return null;
        }

        await NoteAsync(
            found.LastSeenAt,
            now,
            async (session, at) =>
            {
                await session.ExecuteAsync("UPDATE account SET last_seen_at = @at WHERE id = @AccountId", new { found.AccountId, at });
                await session.ExecuteAsync("UPDATE account_session SET last_seen_at = @at WHERE hash = @hash", new { hash, at });
            },
            cancellationToken
        );
        return new Manager
        {
            AccountId = found.AccountId,
            SessionId = found.SessionId,
            Name = found.Email,
            IsOperator = found.IsOperator != 0,
        };
    }

    /// <returns>Null when the key is unknown or revoked.</returns>
    public async Task<Manager?> OfKeyAsync(string key, CancellationToken cancellationToken)
    {
        var hash = KeyText.Hash(key);
        var found = await database.ReadAsync(
            session =>
                session.FirstAsync<KeyRow>(
                    "SELECT organization_id, id, role, hint, last_used_at FROM management_key WHERE hash = @hash AND revoked_at IS NULL",
                    new { hash }
                ),
            cancellationToken
        );
        if (found is null)
        {
            return null;
        }

        await NoteAsync(
            found.LastUsedAt,
            clock.GetUtcNow(),
            (session, at) => session.ExecuteAsync("UPDATE management_key SET last_used_at = @at WHERE hash = @hash", new { hash, at }),
            cancellationToken
        );
        return new Manager
        {
            KeyId = found.Id,
            Name = $"key …{found.Hint}",
            IsOperator = found.OrganizationId is null,
            OrganizationId = found.OrganizationId ?? 0,
            Role = RoleNames.Stored(found.Role),
        };
    }

    /// <summary>The same manager within an organization.</summary>
    /// <returns>Null when there is no such organization, or it is none of his.</returns>
    public async Task<Manager?> InAsync(Manager manager, long organization, CancellationToken cancellationToken)
    {
        if (manager is { KeyId: not null, IsOperator: false })
        {
            return manager.OrganizationId == organization ? manager : null;
        }

        if (manager.IsOperator)
        {
            var exists = await database.ReadAsync(
                session => session.FirstAsync<int>("SELECT count(*) FROM organization WHERE id = @organization", new { organization }),
                cancellationToken
            );
            return exists == 1 ? manager with { OrganizationId = organization, Role = Role.Owner } : null;
        }

        var role = await database.ReadAsync(
            session =>
                session.FirstAsync<string>(
                    "SELECT role FROM member WHERE organization_id = @organization AND id = @AccountId",
                    new { organization, manager.AccountId }
                ),
            cancellationToken
        );
        return role is null ? null : manager with { OrganizationId = organization, Role = RoleNames.Stored(role) };
    }

    /// <summary>Only a note: a database that cannot be written to must not turn away a request that only reads.</summary>
    private async Task NoteAsync(long? last, DateTimeOffset now, Func<Session, long, Task> write, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        if (at - (last ?? 0) <= SeenGrain.TotalMilliseconds)
        {
            return;
        }

        try
        {
            await database.WriteAsync(session => write(session, at), cancellationToken);
        }
        catch (StorageOutageException)
        {
            // The next request notes it.
        }
    }

    private sealed record SessionRow
    {
        public long SessionId { get; init; }

        public long AccountId { get; init; }

        public long LastSeenAt { get; init; }

        public string Email { get; init; } = "";

        public int IsOperator { get; init; }
    }

    private sealed record KeyRow
    {
        public long? OrganizationId { get; init; }

        public long Id { get; init; }

        public string Role { get; init; } = "";

        public string Hint { get; init; } = "";

        public long? LastUsedAt { get; init; }
    }
}
