using System.Runtime.CompilerServices;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>Where an organization's credits are: available + held + spent = topped up.</summary>
public sealed record CreditTotals
{
    /// <summary>What can still be spent; null when the organization is not metered.</summary>
    public long? Available { get; init; }

    public long Held { get; init; }

    public long Spent { get; init; }

    public long ToppedUp { get; init; }
}

/// <summary>One row of the ledger, with the balances it left.</summary>
public sealed record CreditMovement
{
    public long Id { get; init; }

    /// <summary><c>top-up</c>, <c>hold</c>, <c>spend</c> or <c>return</c>.</summary>
    public string Kind { get; init; } = "";

    public long Amount { get; init; }

    public long AvailableAfter { get; init; }

    public long HeldAfter { get; init; }

    /// <summary>The notification that it paid for; null for a top-up.</summary>
    public long? NotificationId { get; init; }

    public string? Note { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }
}

/// <summary>Totals, and the newest movements first.</summary>
public sealed record CreditStatement(CreditTotals Totals, IReadOnlyList<CreditMovement> Movements);

public sealed class CreditQueries(Database database)
{
    private const int PageLength = 1_000;

    public Task<CreditStatement> StatementAsync(long organization, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => new CreditStatement(await TotalsAsync(session, organization), await MovementsAsync(session, organization, limit, after: null)),
            cancellationToken
        );

    public Task<CreditTotals> TotalsAsync(long organization, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TotalsAsync(session, organization), cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<CreditMovement>> MovementsAsync(long organization, int limit, long? after, CancellationToken cancellationToken) =>
        database.ReadAsync(session => MovementsAsync(session, organization, limit, after), cancellationToken);

    /// <summary>Every movement, newest first, a page at a time: whoever reads slowly holds nothing of the database meanwhile.</summary>
    public async IAsyncEnumerable<CreditMovement> AllMovementsAsync(long organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? after = null;
        do
        {
            var page = await MovementsAsync(organization, PageLength, after, cancellationToken);
            foreach (var movement in page)
            {
                yield return movement;
            }

            after = page.Count == PageLength ? page[^1].Id : null;
        } while (after is not null);
    }

    /// <summary>In one statement, so that all four are of the same moment.</summary>
    private static async Task<CreditTotals> TotalsAsync(Session session, long organization) =>
        await session.FirstAsync<CreditTotals>(
            """
            SELECT o.credit_available AS available, o.credit_held AS held,
                   (SELECT coalesce(sum(m.amount), 0) FROM credit_movement m WHERE m.organization_id = o.id AND m.kind = 'spend') AS spent,
                   (SELECT coalesce(sum(m.amount), 0) FROM credit_movement m WHERE m.organization_id = o.id AND m.kind = 'top-up') AS topped_up
            FROM organization o WHERE o.id = @organization
            """,
            new { organization }
        ) ?? throw new InvalidOperationException($"There is no organization {organization}.");

    private static Task<IReadOnlyList<CreditMovement>> MovementsAsync(Session session, long organization, int limit, long? after) =>
        session.ListAsync<CreditMovement>(
            """
            SELECT id, kind, amount, available_after, held_after, notification_id, note, created_at FROM credit_movement
            WHERE organization_id = @organization AND id < @before ORDER BY id DESC LIMIT @limit
            """,
            new { organization, limit, before = after ?? long.MaxValue }
        );
}
