using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>
/// Prepaid credits: one per accepted delivery. available + held + spent = topped up, at every commit; neither is ever negative.
/// Every change runs in the transaction of what it pays for, and leaves a row in the ledger.
/// </summary>
public sealed class Credits(IdGenerator ids, TimeProvider clock)
{
    /// <summary>The most credits in one top-up: far from where sums overflow, and exact in every JSON reader.</summary>
    public const long MostAtOnce = 1_000_000_000_000;

    /// <summary>Moves <paramref name="amount"/> from available to held, or says why it cannot.</summary>
    /// <returns>Null when held, or when there is nothing to hold.</returns>
    public async Task<Failure?> HoldAsync(Session session, long organization, long notification, int amount)
    {
        if (amount == 0)
        {
            return null;
        }

        // Look and take in one statement: two that looked first would both find the last credit.
        var held = await session.ExecuteAsync(
            """
            UPDATE organization SET credit_available = credit_available - @amount, credit_held = credit_held + @amount
            WHERE id = @organization AND credit_available >= @amount
            """,
            new { organization, amount }
        );
        if (held == 1)
        {
            await RecordAsync(session, organization, "hold", amount, notification, note: null);
            return null;
        }

        return await AvailableAsync(session, organization) is { } available
            ? new Failure.InsufficientCredits(
                $"Insufficient credits: {amount} {(amount == 1 ? "device needs" : "devices need")} {amount}, {available} left. Top up in the dashboard."
            )
            : null;
    }

    /// <summary>Settles what was held: spends one per accepted delivery and returns the rest to what can be spent.</summary>
    public async Task SettleAsync(Session session, long organization, long notification, int spent, int returned)
    {
        if (spent > 0)
        {
            await MoveAsync(session, organization, "spend", spent, available: 0, held: -spent, notification, note: null);
        }

        if (returned > 0)
        {
            await MoveAsync(session, organization, "return", returned, available: returned, held: -returned, notification, note: null);
        }
    }

    /// <summary>Adds credits; an organization that was not metered is from now on.</summary>
    public async Task TopUpAsync(Session session, long organization, long amount, string? note)
    {
        await session.ExecuteAsync(
            "UPDATE organization SET credit_available = coalesce(credit_available, 0) WHERE id = @organization",
            new { organization }
        );
        await MoveAsync(session, organization, "top-up", amount, available: amount, held: 0, notification: null, note);
    }

    /// <returns>What can still be spent; null when the organization is not metered.</returns>
    public static Task<long?> AvailableAsync(Session session, long organization) =>
        session.FirstAsync<long?>("SELECT credit_available FROM organization WHERE id = @organization", new { organization });

    private async Task MoveAsync(
        Session session,
        long organization,
        string kind,
        long amount,
        long available,
        long held,
        long? notification,
        string? note
    )
    {
        await session.ExecuteAsync(
            """
            UPDATE organization SET credit_available = credit_available + @available, credit_held = credit_held + @held WHERE id = @organization
            """,
            new { organization, available, held }
        );
        await RecordAsync(session, organization, kind, amount, notification, note);
    }

    /// <summary>A row of the ledger, with the balances that the transaction's change has left.</summary>
    private Task RecordAsync(Session session, long organization, string kind, long amount, long? notification, string? note) =>
        session.ExecuteAsync(
            """
            INSERT INTO credit_movement (organization_id, id, kind, amount, available_after, held_after, notification_id, note, created_at)
            SELECT id, @id, @kind, @amount, credit_available, credit_held, @notification, @note, @now FROM organization WHERE id = @organization
            """,
            new { organization, id = ids.Next(), kind, amount, notification, note, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
        );
}
