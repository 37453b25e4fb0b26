using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>An account as its holder and the operator see it. Moments are Unix milliseconds.</summary>
public sealed record AccountInfo
{
    public long Id { get; init; }

    public string Email { get; init; } = "";

    public bool IsOperator { get; init; }

    public bool HasTotp { get; init; }

    public bool HasPassword { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>Exact to a minute; null: has never signed in.</summary>
    public long? LastSeenAt { get; init; }
}

/// <summary>An organization of an account, and its role there.</summary>
public sealed record Membership
{
    public long OrganizationId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>One of <see cref="RoleNames"/>.</summary>
    public string Role { get; init; } = "";
}

/// <summary>The accounts of the installation, and what is changed of them outside of organizations.</summary>
public sealed class AccountBook(Database database, AuditLog audit, TimeProvider clock)
{
    /// <summary>The first owner's link; it is printed to a log, so not for long.</summary>
    public static readonly TimeSpan FirstLinkLifetime = TimeSpan.FromDays(1);

    public static readonly TimeSpan ResetLinkLifetime = TimeSpan.FromHours(1);

    private const string Select = """
        SELECT id, email, is_operator, CASE WHEN sealed_totp IS NULL THEN 0 ELSE 1 END AS has_totp,
               CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password, created_at, last_seen_at
        FROM account
        """;

    private readonly AccountLinks links = new(clock);

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<AccountInfo>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.ListAsync<AccountInfo>($"{Select} ORDER BY id"), cancellationToken);

    public async Task<AccountInfo> GetAsync(long account, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.FirstAsync<AccountInfo>($"{Select} WHERE id = @account", new { account }), cancellationToken)
        ?? throw new InvalidOperationException($"A session is of account {account}, which is not there.");

    /// <summary>Where an account is a member; of an operator every organization, as owner where he is none. The oldest first.</summary>
    public Task<IReadOnlyList<Membership>> MembershipsAsync(AccountInfo account, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<Membership>(
                    $"""
                    SELECT o.id AS organization_id, o.name, coalesce(m.role, 'owner') AS role FROM organization o
                    {(account.IsOperator ? "LEFT JOIN" : "JOIN")} member m ON m.organization_id = o.id AND m.id = @Id ORDER BY o.id
                    """,
                    new { account.Id }
                ),
            cancellationToken
        );

    /// <summary>Sets another password; other sessions than <paramref name="kept"/> end.</summary>
    public Task ChangePasswordAsync(long account, long? kept, string password, Act act, CancellationToken cancellationToken)
    {
        var hash = PasswordHash.Create(password);
        return database.WriteAsync(
            async session =>
            {
                // A link that somebody else may have is good no more.
                await session.ExecuteAsync("DELETE FROM account_link WHERE account_id = @account", new { account });
                await session.ExecuteAsync("UPDATE account SET password_hash = @hash WHERE id = @account", new { account, hash });
                await AccountSessions.EndAllAsync(session, account, kept);
                await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account));
            },
            cancellationToken
        );
    }

    /// <summary>Makes a link that sets another password.</summary>
    /// <param name="email">Whose, normalized.</param>
    /// <param name="withoutTotp">The second factor is lost: using the link removes it.</param>
    /// <param name="act">Who makes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Result<NewLink>> ResetAsync(string email, bool withoutTotp, Act act, CancellationToken cancellationToken) =>
        ChangeAsync(
            email,
            async (session, account) =>
            {
                await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account.Id), withoutTotp ? "without the second factor" : null);
                return await links.AddAsync(session, account.Id, LinkKind.Reset, ResetLinkLifetime, withoutTotp);
            },
            cancellationToken
        );

    /// <summary>Puts an account above organizations, or back.</summary>
    public Task<Result<AccountInfo>> SetOperatorAsync(string email, bool isOperator, Act act, CancellationToken cancellationToken) =>
        ChangeAsync(
            email,
            async (session, account) =>
            {
                await session.ExecuteAsync(
                    "UPDATE account SET is_operator = @flag WHERE id = @Id",
                    new { account.Id, flag = isOperator ? 1 : 0 }
                );
                await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account.Id), isOperator ? "on" : "off");
                return account with { IsOperator = isOperator };
            },
            cancellationToken
        );

    /// <summary>Adds the account of a first start within the caller's transaction: the owner of its organization, and an operator.</summary>
    /// <returns>The token of the link that sets its password; null when that is given.</returns>
    internal async Task<string?> AddFirstAsync(Session session, long organization, long id, string email, string? password)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync(
            "INSERT INTO account (id, email, password_hash, is_operator, created_at) VALUES (@id, @email, @hash, 1, @at)",
            new
            {
                id,
                email,
                hash = password is null ? null : PasswordHash.Create(password),
                at = now.ToUnixTimeMilliseconds(),
            }
        );
        await Members.AddAsync(session, organization, id, email, Role.Owner, now);
        return password is null ? (await links.AddAsync(session, id, LinkKind.First, FirstLinkLifetime)).Token : null;
    }

    private Task<Result<T>> ChangeAsync<T>(string email, Func<Session, AccountInfo, Task<T>> change, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<T>>(
            async session =>
                await session.FirstAsync<AccountInfo>($"{Select} WHERE email = @email", new { email }) is { } account
                    ? await change(session, account)
                    : new Failure.NotFound($"There is no account '{email}'. See: pushbell account list"),
            cancellationToken
        );
}
