using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>A link before it is used.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Email">Whose.</param>
/// <param name="OrganizationName">Of an invitation: into which.</param>
/// <param name="Role">Of an invitation: as what.</param>
/// <param name="TakesNewPassword">It sets one; otherwise the account's present one is asked for.</param>
/// <param name="ExpiresAt">Good until then.</param>
public sealed record LinkLook(LinkKind Kind, string Email, string? OrganizationName, Role? Role, bool TakesNewPassword, DateTimeOffset ExpiresAt);

/// <summary>What came of using a link.</summary>
public abstract record LinkOutcome
{
    /// <param name="AccountId">Whose session has begun.</param>
    /// <param name="Token">Its token.</param>
    public sealed record SignedIn(long AccountId, string Token) : LinkOutcome;

    /// <summary>The link or the new password is not good.</summary>
    public sealed record Refused(Failure Failure) : LinkOutcome;

    /// <summary>The credentials are not, or not all there.</summary>
    public sealed record Unproved(CredentialCheck Check) : LinkOutcome;
}

/// <summary>
/// Uses one-time links. Whatever a link allows, it never goes past a second factor, unless the operator made it for an account that has lost its own.
/// </summary>
public sealed class LinkUse(
    Database database,
    Credentials credentials,
    AccountSessions sessions,
    Invitations invitations,
    AuditLog audit,
    IdGenerator ids,
    TimeProvider clock
)
{
    private readonly AccountLinks links = new(clock);

    public async Task<Result<LinkLook>> LookAsync(string token, CancellationToken cancellationToken) =>
        (await FindAsync(token, cancellationToken)).TryGet(out var link, out var failure)
            ? new LinkLook(
                KindOf(link),
                link.Email,
                link.OrganizationName,
                link.Role is { } role ? RoleNames.Stored(role) : null,
                TakesNewPassword(link),
                DateTimeOffset.FromUnixTimeMilliseconds(link.ExpiresAt)
            )
            : failure;

    /// <param name="token">The link's.</param>
    /// <param name="password">The new one, or the account's present one: see <see cref="LinkLook.TakesNewPassword"/>.</param>
    /// <param name="code">Of the second factor, where the account has one.</param>
    /// <param name="visitor">Who begins a session by it.</param>
    /// <param name="actOf">Who does what, given the email.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LinkOutcome> UseAsync(
        string token,
        string password,
        string? code,
        Visitor visitor,
        Func<string, Act> actOf,
        CancellationToken cancellationToken
    )
    {
        if (!(await FindAsync(token, cancellationToken)).TryGet(out var link, out var failure))
        {
            return new LinkOutcome.Refused(failure);
        }

        if (TakesNewPassword(link) && PasswordRules.Problem(password, link.Email) is { } problem)
        {
            return new LinkOutcome.Refused(new Failure.InvalidRequest(problem));
        }

        if (await ProveAsync(link, password, code, visitor, cancellationToken) is { } check and not CredentialCheck.Right)
        {
            return new LinkOutcome.Unproved(check);
        }

        // Not within the transaction: it takes its time.
        var newHash = TakesNewPassword(link) ? PasswordHash.Create(password) : null;
        var act = actOf(link.Email);
        var session = await database.WriteAsync(
            transaction =>
                link.OrganizationId is { } organization
                    ? JoinAsync(transaction, link, organization, newHash, visitor, act)
                    : ResetAsync(transaction, KeyText.Hash(token), link, newHash!, visitor, act),
            started => started is not null,
            cancellationToken
        );
        return session is null ? new LinkOutcome.Refused(Used) : session;
    }

    private static Failure.NotFound Used { get; } = new("This link was used already. Sign in, or ask for another.");

    private static LinkKind KindOf(StoredLink link) => link.Kind is null ? LinkKind.Invitation : Enum.Parse<LinkKind>(link.Kind, ignoreCase: true);

    private static bool TakesNewPassword(StoredLink link) => link.Kind is not null || link.AccountId is null;

    private async Task<Result<StoredLink>> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = KeyText.Hash(token);
        var link = await database.ReadAsync(
            async session => await AccountLinks.FindAsync(session, hash) ?? await Invitations.FindAsync(session, hash),
            cancellationToken
        );
        return link switch
        {
            null => new Failure.NotFound("This link is unknown or was withdrawn. Copy it whole, or ask for another."),
            { UsedAt: not null } => Used,
            _ when link.ExpiresAt <= clock.GetUtcNow().ToUnixTimeMilliseconds() => new Failure.NotFound("This link has expired. Ask for another."),
            _ => link,
        };
    }

    /// <returns>Null where nothing is to be proved: the account is only about to be made.</returns>
    private async Task<CredentialCheck?> ProveAsync(StoredLink link, string password, string? code, Visitor visitor, CancellationToken cancellationToken)
    {
        if (link.AccountId is not { } id)
        {
            return null;
        }

        if (!TakesNewPassword(link))
        {
            return await credentials.CheckAsync(new GivenCredentials(link.Email, password, code), visitor.Address, cancellationToken);
        }

        var account = await database.ReadAsync(session => StoredAccount.FindAsync(session, id), cancellationToken);
        return account!.SealedTotp is null || link.DropsTotp != 0
            ? null
            : await credentials.CheckCodeAsync(account, code, visitor.Address, cancellationToken);
    }

    /// <returns>Null when the link was used meanwhile.</returns>
    private async Task<LinkOutcome.SignedIn?> ResetAsync(Session session, string hash, StoredLink link, string newHash, Visitor visitor, Act act)
    {
        if (!await links.TakeAsync(session, hash))
        {
            return null;
        }

        var account = link.AccountId!.Value;
        await session.ExecuteAsync("UPDATE account SET password_hash = @newHash WHERE id = @account", new { account, newHash });
        if (link.DropsTotp != 0)
        {
            await SecondFactor.RemoveAsync(session, account);
        }

        await AccountSessions.EndAllAsync(session, account, but: null);
        await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account), $"{link.Kind} link");
        return new LinkOutcome.SignedIn(account, await sessions.BeginAsync(session, account, visitor));
    }

    private async Task<LinkOutcome.SignedIn?> JoinAsync(Session session, StoredLink link, long organization, string? newHash, Visitor visitor, Act act)
    {
        if (!await invitations.TakeAsync(session, link))
        {
            return null;
        }

        if ((link.AccountId ?? await AddAccountAsync(session, link.Email, newHash!)) is not { } account)
        {
            // Somebody else has made it since: its password must be asked for.
            return null;
        }

        await Members.AddAsync(session, organization, account, link.Email, RoleNames.Stored(link.Role!), clock.GetUtcNow());
        await audit.AddAsync(session, organization, act, PublicId.Account(account), $"invitation, as {link.Role}");
        return new LinkOutcome.SignedIn(account, await sessions.BeginAsync(session, account, visitor));
    }

    private async Task<long?> AddAccountAsync(Session session, string email, string hash)
    {
        var id = ids.Next();
        var added = await session.ExecuteAsync(
            "INSERT INTO account (id, email, password_hash, created_at) VALUES (@id, @email, @hash, @now) ON CONFLICT (email) DO NOTHING",
            new
            {
                id,
                email,
                hash,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        return added == 1 ? id : null;
    }
}
