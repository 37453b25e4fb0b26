using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>An invitation that waits to be taken. Moments are Unix milliseconds.</summary>
public sealed record InvitationInfo
{
    public long Id { get; init; }

    public string Email { get; init; } = "";

    /// <summary>One of <see cref="RoleNames"/>.</summary>
    public string Role { get; init; } = "";

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }
}

/// <summary>Invitations into organizations: a link that is good once, for seven days.</summary>
public sealed class Invitations(Database database, AuditLog audit, IdGenerator ids, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Columns = "id, email, role, created_at, expires_at";

    /// <summary>Those that are still good, the newest first.</summary>
    public Task<IReadOnlyList<InvitationInfo>> ListAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<InvitationInfo>(
                    $"""
                    SELECT {Columns} FROM invitation
                    WHERE organization_id = @organization AND used_at IS NULL AND expires_at > @now ORDER BY id DESC
                    """,
                    new { organization, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
                ),
            cancellationToken
        );

    /// <summary>Invites somebody; an invitation that he has already is good no more.</summary>
    /// <param name="organization">Into which.</param>
    /// <param name="email">Whom, normalized.</param>
    /// <param name="role">As what.</param>
    /// <param name="by">The role of who invites: only owners make owners.</param>
    /// <param name="act">Who invites.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Result<(InvitationInfo Invitation, string Token)>> CreateAsync(
        long organization,
        string email,
        Role role,
        Role by,
        Act act,
        CancellationToken cancellationToken
    ) =>
        role == Role.Owner && by < Role.Owner
            ? Task.FromResult<Result<(InvitationInfo, string)>>(Members.OnlyOwners)
            : database.WriteAsync(session => AddAsync(session, organization, email, role, act), cancellationToken);

    /// <returns>Whether there was such an invitation.</returns>
    public Task<bool> WithdrawAsync(long organization, long id, Act act, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var email = await session.FirstAsync<string>(
                    "DELETE FROM invitation WHERE organization_id = @organization AND id = @id AND used_at IS NULL RETURNING email",
                    new { organization, id }
                );
                if (email is not null)
                {
                    await audit.AddAsync(session, organization, act, email);
                }

                return email is not null;
            },
            cancellationToken
        );

    internal static Task<StoredLink?> FindAsync(Session session, string hash) =>
        session.FirstAsync<StoredLink>(
            """
            SELECT i.organization_id, i.id, i.email, i.role, i.expires_at, i.used_at, o.name AS organization_name, a.id AS account_id
            FROM invitation i JOIN organization o ON o.id = i.organization_id LEFT JOIN account a ON a.email = i.email WHERE i.hash = @hash
            """,
            new { hash }
        );

    /// <summary>Marks it used within the caller's transaction.</summary>
    /// <returns>False when somebody was quicker.</returns>
    internal async Task<bool> TakeAsync(Session session, StoredLink invitation) =>
        await session.ExecuteAsync(
            """
            UPDATE invitation SET used_at = @now WHERE organization_id = @OrganizationId AND id = @Id AND used_at IS NULL AND expires_at > @now
            """,
            new { invitation.OrganizationId, invitation.Id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
        ) == 1;

    private async Task<Result<(InvitationInfo Invitation, string Token)>> AddAsync(Session session, long organization, string email, Role role, Act act)
    {
        if (await Members.IsMemberAsync(session, organization, email))
        {
            return new Failure.Conflict($"{email} is a member already; change the role there.");
        }

        var now = clock.GetUtcNow();
        var token = AccountLinks.NewToken();
        var invitation = new InvitationInfo
        {
            Id = ids.Next(),
            Email = email,
            Role = RoleNames.Of(role),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = (now + Lifetime).ToUnixTimeMilliseconds(),
        };
        await session.ExecuteAsync(
            "DELETE FROM invitation WHERE organization_id = @organization AND email = @email AND used_at IS NULL",
            new { organization, email }
        );
        await session.ExecuteAsync(
            """
            INSERT INTO invitation (organization_id, id, hash, email, role, created_at, expires_at)
            VALUES (@organization, @Id, @hash, @Email, @Role, @CreatedAt, @ExpiresAt)
            """,
            new
            {
                organization,
                invitation.Id,
                hash = KeyText.Hash(token),
                invitation.Email,
                invitation.Role,
                invitation.CreatedAt,
                invitation.ExpiresAt,
            }
        );
        await audit.AddAsync(session, organization, act, email, $"as {invitation.Role}");
        return (invitation, token);
    }
}
