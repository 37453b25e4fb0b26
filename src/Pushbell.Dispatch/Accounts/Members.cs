using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>A member of an organization. Moments are Unix milliseconds.</summary>
public sealed record MemberInfo
{
    public long AccountId { get; init; }

    public string Email { get; init; } = "";

    /// <summary>One of <see cref="RoleNames"/>.</summary>
    public string Role { get; init; } = "";

    public bool HasTotp { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>Exact to a minute; null: has never signed in.</summary>
    public long? LastSeenAt { get; init; }
}

/// <summary>Who belongs to an organization. Only owners make, change and remove owners, and the last one stays.</summary>
public sealed class Members(Database database, AuditLog audit)
{
    internal static readonly Failure.Forbidden OnlyOwners = new("Only an owner may make, change or remove an owner.");

    private const string Select = """
        SELECT m.id AS account_id, a.email, m.role, CASE WHEN a.sealed_totp IS NULL THEN 0 ELSE 1 END AS has_totp, m.created_at, a.last_seen_at
        FROM member m JOIN account a ON a.id = m.id WHERE m.organization_id = @organization
        """;

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<MemberInfo>> ListAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.ListAsync<MemberInfo>($"{Select} ORDER BY m.created_at, m.id", new { organization }), cancellationToken);

    /// <returns>Null when no member has that email, normalized.</returns>
    public Task<MemberInfo?> FindAsync(long organization, string email, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync<MemberInfo>($"{Select} AND a.email = @email", new { organization, email }),
            cancellationToken
        );

    /// <param name="organization">Where.</param>
    /// <param name="account">Whose role.</param>
    /// <param name="role">From the next request on.</param>
    /// <param name="by">The role of who changes it.</param>
    /// <param name="act">Who changes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Result<MemberInfo>> ChangeRoleAsync(
        long organization,
        long account,
        Role role,
        Role by,
        Act act,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            organization,
            account,
            (member, owners) => Objection(member, owners, by, staysOwner: role == Role.Owner),
            async (session, member) =>
            {
                var name = RoleNames.Of(role);
                await session.ExecuteAsync(
                    "UPDATE member SET role = @name WHERE organization_id = @organization AND id = @account",
                    new { organization, account, name }
                );
                await audit.AddAsync(session, organization, act, member.Email, $"{member.Role} → {name}");
                return member with { Role = name };
            },
            cancellationToken
        );

    /// <returns>The member that was.</returns>
    public Task<Result<MemberInfo>> RemoveAsync(long organization, long account, Role by, Act act, CancellationToken cancellationToken) =>
        ChangeAsync(
            organization,
            account,
            (member, owners) => Objection(member, owners, by, staysOwner: false),
            async (session, member) =>
            {
                await session.ExecuteAsync(
                    "DELETE FROM member WHERE organization_id = @organization AND id = @account",
                    new { organization, account }
                );
                await audit.AddAsync(session, organization, act, member.Email, $"was {member.Role}");
                return member;
            },
            cancellationToken
        );

    /// <summary>Adds a member within the caller's transaction; one who is there already stays what he is.</summary>
    internal static Task AddAsync(Session session, long organization, long account, string email, Role role, DateTimeOffset now) =>
        // An older build, side by side with this one, reads the email here.
        session.ExecuteAsync(
            """
            INSERT INTO member (organization_id, id, email, role, created_at) VALUES (@organization, @account, @email, @role, @at)
            ON CONFLICT (organization_id, id) DO NOTHING
            """,
            new
            {
                organization,
                account,
                email,
                role = RoleNames.Of(role),
                at = now.ToUnixTimeMilliseconds(),
            }
        );

    internal static async Task<bool> IsMemberAsync(Session session, long organization, string email) =>
        await session.FirstAsync<MemberInfo>($"{Select} AND a.email = @email", new { organization, email }) is not null;

    private static Failure? Objection(MemberInfo member, int owners, Role by, bool staysOwner)
    {
        var isOwner = member.Role == RoleNames.Of(Role.Owner);
        return (isOwner || staysOwner) && by < Role.Owner ? OnlyOwners
            : isOwner && !staysOwner && owners == 1 ? new Failure.Conflict($"{member.Email} is the last owner; make somebody else an owner first.")
            : null;
    }

    private Task<Result<MemberInfo>> ChangeAsync(
        long organization,
        long account,
        Func<MemberInfo, int, Failure?> objection,
        Func<Session, MemberInfo, Task<MemberInfo>> change,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<Result<MemberInfo>>(
            async session =>
            {
                // Two owners that remove each other at the same time: one comes second.
                await session.LockAsync($"members/{organization}");
                var members = await session.ListAsync<MemberInfo>(Select, new { organization });
                if (members.FirstOrDefault(known => known.AccountId == account) is not { } member)
                {
                    return new Failure.NotFound($"There is no member {PublicId.Account(account)}.");
                }

                var owners = members.Count(known => known.Role == RoleNames.Of(Role.Owner));
                return objection(member, owners) is { } refused ? refused : await change(session, member);
            },
            cancellationToken
        );
}
