using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>Where an account is signed in. Moments are Unix milliseconds.</summary>
public sealed record SessionInfo
{
    public long Id { get; init; }

    /// <summary>The network address that it began from.</summary>
    public string Address { get; init; } = "";

    public string UserAgent { get; init; } = "";

    public long CreatedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public long LastSeenAt { get; init; }
}

/// <summary>From where somebody signs in.</summary>
public sealed record Visitor(string Address, string UserAgent);

/// <summary>The sessions of accounts. Of a session's token only the hash is kept.</summary>
public sealed class AccountSessions(Database database, IdGenerator ids, TimeProvider clock)
{
    private const string TokenPrefix = "st_";
    private const int MaxUserAgent = 255;

    /// <summary>A session ends when it has not been used for so long.</summary>
    public static readonly TimeSpan IdleEnd = TimeSpan.FromDays(14);

    /// <summary>However busy it is, it ends after this.</summary>
    public static readonly TimeSpan AbsoluteEnd = TimeSpan.FromDays(90);

    private const string Live = "account_id = @account AND last_seen_at > @idleSince AND created_at > @oldest";

    /// <summary>Those that have not ended, the newest first.</summary>
    public Task<IReadOnlyList<SessionInfo>> ListAsync(long account, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<SessionInfo>(
                    $"SELECT id, address, user_agent, created_at, last_seen_at FROM account_session WHERE {Live} ORDER BY id DESC",
                    Limits(account)
                ),
            cancellationToken
        );

    /// <summary>Ends a session within the caller's transaction.</summary>
    /// <returns>Whether the account had such a session.</returns>
    internal async Task<bool> EndAsync(Session session, long account, long id) =>
        await session.ExecuteAsync($"DELETE FROM account_session WHERE {Live} AND id = @id", Limits(account, id)) > 0;

    /// <summary>Begins a session within the caller's transaction; lapsed ones of the account are forgotten.</summary>
    /// <returns>Its token, for the cookie.</returns>
    internal async Task<string> BeginAsync(Session session, long account, Visitor visitor)
    {
        var token = KeyText.Generate(TokenPrefix);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await session.ExecuteAsync("UPDATE account SET last_seen_at = @now WHERE id = @account", new { account, now });
        await session.ExecuteAsync($"DELETE FROM account_session WHERE account_id = @account AND NOT ({Live})", Limits(account));
        await session.ExecuteAsync(
            """
            INSERT INTO account_session (hash, account_id, id, address, user_agent, created_at, last_seen_at)
            VALUES (@hash, @account, @id, @Address, @userAgent, @now, @now)
            """,
            new
            {
                hash = KeyText.Hash(token),
                account,
                id = ids.Next(),
                visitor.Address,
                // Whole characters: half of one could not be stored everywhere.
                userAgent = string.Concat(visitor.UserAgent.EnumerateRunes().Take(MaxUserAgent)),
                now,
            }
        );
        return token;
    }

    /// <summary>Ends the sessions of an account, but for one, within the caller's transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="account">Whose.</param>
    /// <param name="but">The one to keep; null: none.</param>
    internal static Task EndAllAsync(Session session, long account, long? but) =>
        session.ExecuteAsync("DELETE FROM account_session WHERE account_id = @account AND id <> coalesce(@but, 0)", new { account, but });

    private object Limits(long account, long id = 0)
    {
        var now = clock.GetUtcNow();
        return new
        {
            account,
            id,
            idleSince = (now - IdleEnd).ToUnixTimeMilliseconds(),
            oldest = (now - AbsoluteEnd).ToUnixTimeMilliseconds(),
        };
    }
}
