using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Audit;

/// <summary>Who does what, and from where.</summary>
/// <param name="Actor">An email, <c>key …hint</c> or <c>command line</c>.</param>
/// <param name="Action">What and how, e.g. <c>key.create</c>.</param>
/// <param name="Address">The network address; null on the command line.</param>
public sealed record Act(string Actor, string Action, string? Address)
{
    public static Act OfCommandLine(string action) => new("command line", action, Address: null);
}

/// <summary>An entry as it is kept. Moments are Unix milliseconds.</summary>
public sealed record AuditInfo
{
    public long Id { get; init; }

    public string Actor { get; init; } = "";

    public string Action { get; init; } = "";

    /// <summary>The id or name of what was changed.</summary>
    public string? Subject { get; init; }

    /// <summary>In words; never a secret.</summary>
    public string? Detail { get; init; }

    public string? Address { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>The record of changes, an organization's by itself. The database refuses to change or delete an entry.</summary>
public sealed class AuditLog(Database database, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The organization of what belongs to none: accounts, operators and their keys.</summary>
    public const long Installation = 0;

    private const int MaxText = 500;

    /// <param name="organization">Whose record; <see cref="Installation"/> for what belongs to none.</param>
    /// <param name="act">Who did what.</param>
    /// <param name="subject">The id or name of what was changed.</param>
    /// <param name="detail">In words; never a secret.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WriteAsync(long organization, Act act, string? subject, string? detail, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AddAsync(session, organization, act, subject, detail), cancellationToken);

    /// <summary>The same within the transaction of the change: both are kept, or neither.</summary>
    internal Task AddAsync(Session session, long organization, Act act, string? subject, string? detail = null) =>
        session.ExecuteAsync(
            """
            INSERT INTO audit_entry (organization_id, id, actor, action, subject, detail, address, created_at)
            VALUES (@organization, @id, @Actor, @Action, @subject, @detail, @Address, @now)
            """,
            new
            {
                organization,
                id = ids.Next(),
                act.Actor,
                act.Action,
                subject = Cut(subject),
                detail = Cut(detail),
                act.Address,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );

    /// <summary>The newest first.</summary>
    /// <param name="organization">Whose record.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Only older ones than this entry; null: from the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<AuditInfo>> ListAsync(long organization, int limit, long? after, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
                session.ListAsync<AuditInfo>(
                    """
                    SELECT id, actor, action, subject, detail, address, created_at FROM audit_entry
                    WHERE organization_id = @organization AND id < @before ORDER BY id DESC LIMIT @limit
                    """,
                    new
                    {
                        organization,
                        before = after ?? long.MaxValue,
                        limit,
                    }
                ),
            cancellationToken
        );

    /// <summary>Whole characters: half of one could not be stored everywhere.</summary>
    private static string? Cut(string? text) => text is { Length: > MaxText } ? string.Concat(text.EnumerateRunes().Take(MaxText)) : text;
}
