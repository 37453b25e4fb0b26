using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>What a one-time link is for.</summary>
public enum LinkKind
{
    /// <summary>The first owner sets his password.</summary>
    First,

    /// <summary>The operator lets somebody set another password.</summary>
    Reset,

    /// <summary>Somebody becomes a member of an organization.</summary>
    Invitation,
}

/// <summary>A link as it was made; its token is shown once, only the hash is kept.</summary>
public sealed record NewLink(string Token, DateTimeOffset ExpiresAt);

/// <summary>Links that let their holder set an account's password, once.</summary>
internal sealed class AccountLinks(TimeProvider clock)
{
    private const string TokenPrefix = "ln_";

    public static string NewToken() => KeyText.Generate(TokenPrefix);

    /// <summary>Makes a link within the caller's transaction. Earlier ones of the account are good no more.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="account">Whose password it sets.</param>
    /// <param name="kind">First or reset.</param>
    /// <param name="lifetime">It lapses after this.</param>
    /// <param name="dropsTotp">Using it removes the second factor.</param>
    public async Task<NewLink> AddAsync(Session session, long account, LinkKind kind, TimeSpan lifetime, bool dropsTotp = false)
    {
        var now = clock.GetUtcNow();
        var link = new NewLink(NewToken(), now + lifetime);
        await session.ExecuteAsync("DELETE FROM account_link WHERE account_id = @account", new { account });
        await session.ExecuteAsync(
            """
            INSERT INTO account_link (hash, account_id, kind, drops_totp, created_at, expires_at)
            VALUES (@hash, @account, @kind, @dropsTotp, @now, @expiresAt)
            """,
            new
            {
                hash = KeyText.Hash(link.Token),
                account,
                kind = kind.ToString().ToLowerInvariant(),
                dropsTotp = dropsTotp ? 1 : 0,
                now = now.ToUnixTimeMilliseconds(),
                expiresAt = link.ExpiresAt.ToUnixTimeMilliseconds(),
            }
        );
        return link;
    }

    public static Task<StoredLink?> FindAsync(Session session, string hash) =>
        session.FirstAsync<StoredLink>(
            """
            SELECT l.kind, l.account_id, l.drops_totp, l.expires_at, l.used_at, a.email
            FROM account_link l JOIN account a ON a.id = l.account_id WHERE l.hash = @hash
            """,
            new { hash }
        );

    /// <summary>Marks it used within the caller's transaction.</summary>
    /// <returns>False when somebody was quicker.</returns>
    public async Task<bool> TakeAsync(Session session, string hash) =>
        await session.ExecuteAsync(
            "UPDATE account_link SET used_at = @now WHERE hash = @hash AND used_at IS NULL AND expires_at > @now",
            new { hash, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
        ) == 1;
}

/// <summary>A link or an invitation as its row holds it.</summary>
internal sealed record StoredLink
{
    /// <summary>Null of an invitation.</summary>
    public string? Kind { get; init; }

    /// <summary>Of an invitation, the account that has its email already; null when none has.</summary>
    public long? AccountId { get; init; }

    public string Email { get; init; } = "";

    public int DropsTotp { get; init; }

    public long? OrganizationId { get; init; }

    public string? OrganizationName { get; init; }

    public long Id { get; init; }

    public string? Role { get; init; }

    public long ExpiresAt { get; init; }

    public long? UsedAt { get; init; }
}
