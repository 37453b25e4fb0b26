using System.Text.Json;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// The one transaction that writes what a group of attempts came to: outcome bytes, the notification's counters, quota, credits and
/// what is learnt about registrations and push services. Fenced by the lease: under a lost one it writes nothing at all.
/// </summary>
internal sealed class Settlement(
    Database database,
    Bookkeeping books,
    Leases leases,
    OriginEffects origins,
    OriginGate gate,
    IdGenerator ids,
    TimeProvider clock
)
{
    private const string UnderLease =
        "organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number AND lease = @Lease";

    /// <summary>Settles a group and holds the batch for another lease.</summary>
    public Task<Hold> SettleAsync(BatchWork work, IReadOnlyList<Attempt> group) =>
        WriteAsync(work, group, new Change(leases.Length, Rounds: 0, Release: 0));

    /// <summary>
    /// Settles the last group of a round and lets the batch go: until <paramref name="nextDue"/>, or for good. Of a recalled notification
    /// whatever is still pending ends here.
    /// </summary>
    /// <param name="work">The batch.</param>
    /// <param name="group">What came in last, perhaps nothing.</param>
    /// <param name="nextDue">Null when every delivery has ended.</param>
    /// <param name="cutShort">Not everyone had his attempt: the round does not count.</param>
    public Task<Hold> ReleaseAsync(BatchWork work, IReadOnlyList<Attempt> group, DateTimeOffset? nextDue, bool cutShort = false) =>
        WriteAsync(work, group, new Change(Left(nextDue), Rounds: cutShort ? 0 : 1, Release: 1));

    private async Task<Hold> WriteAsync(BatchWork work, IReadOnlyList<Attempt> group, Change change)
    {
        var (hold, outcomes) = await database.WriteAsync(
            session => WriteAsync(session, work, group, change),
            keep: static written => written.Hold != Hold.Lost,
            CancellationToken.None
        );
        if (hold != Hold.Lost)
        {
            leases.Renewed(work.Key);
            outcomes.CopyTo(work.Outcomes, 0);
        }

        return hold;
    }

    private async Task<(Hold Hold, byte[] Outcomes)> WriteAsync(Session session, BatchWork work, IReadOnlyList<Attempt> group, Change change)
    {
        // First of all: who recalls a notification locks it first, too.
        var recalled = await IsRecalledAsync(session, work);
        var hold = recalled ? Hold.Recalled : Hold.Kept;
        if (await OutcomesAsync(session, work) is not { } outcomes)
        {
            return (Hold.Lost, []);
        }

        if (!outcomes.AsSpan().SequenceEqual(work.Outcomes))
        {
            // Nobody but the holder writes under a lease: this very group was settled before, by a commit that was not heard of.
            return (hold, outcomes);
        }

        var quarantined = await origins.ApplyAsync(session, work, group);
        var ends = Enter(outcomes, group, quarantined);
        if (recalled && change.Release == 1)
        {
            ends = ends with { Cancelled = ends.Cancelled + DeliveryState.Recall(outcomes) };
            change = change with { DueIn = null };
        }

        await books.EnterAsync(session, work.Bill, ends);
        await RegistrationEffects.ApplyAsync(session, work, group, quarantined, clock.GetUtcNow());
        await KeepLocationsAsync(session, work, group, recalled);

        // Last: the rows above may have been waited for, and the new lease begins when it is written.
        if (!await WriteOutcomesAsync(session, work, outcomes, change))
        {
            return (Hold.Lost, []);
        }

        await gate.ReadAsync(session, work.Key.OrganizationId);
        return (hold, outcomes);
    }

    /// <summary>Locks the batch: while this settlement waits for other rows, nobody claims what is being settled.</summary>
    /// <returns>What lies in the ledger; null when the lease was lost.</returns>
    private static Task<byte[]?> OutcomesAsync(Session session, BatchWork work) =>
        session.FirstAsync<byte[]>($"SELECT outcomes FROM batch WHERE {UnderLease} {session.Dialect.ForUpdate}", work.Key);

    private TimeSpan? Left(DateTimeOffset? due)
    {
        var left = due - clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private static async Task<bool> IsRecalledAsync(Session session, BatchWork work) =>
        await session.FirstAsync<long?>(
            $"SELECT cancelled_at FROM notification WHERE organization_id = @OrganizationId AND id = @NotificationId {session.Dialect.ForUpdate}",
            new { work.Key.OrganizationId, work.Key.NotificationId }
        )
            is not null;

    private static Ends Enter(byte[] outcomes, IReadOnlyList<Attempt> group, IReadOnlySet<string> quarantined)
    {
        foreach (var attempt in group)
        {
            var disbelieved = attempt.End == DeliveryEnd.Gone && attempt.Origin is { } origin && quarantined.Contains(origin);
            var state = disbelieved ? attempt.State with { Reason = DeliveryReason.Quarantined } : attempt.State;
            outcomes[attempt.At] = state.ToByte();
        }

        return Ends.Of(group.Select(attempt => attempt.End));
    }

    private async Task<bool> WriteOutcomesAsync(Session session, BatchWork work, byte[] outcomes, Change change) =>
        await session.ExecuteAsync(
            $"""
            UPDATE batch SET outcomes = @outcomes, due_at = {session.Dialect.Now} + @dueIn, attempt = attempt + @Rounds, lease = lease + @Release,
                is_leased = 1 - @Release
            WHERE {UnderLease}
            """,
            new
            {
                work.Key.OrganizationId,
                work.Key.NotificationId,
                work.Key.Number,
                work.Key.Lease,
                outcomes,
                dueIn = (long?)change.DueIn?.TotalMilliseconds,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                change.Rounds,
                change.Release,
            }
        ) == 1;

    /// <summary>What a push service holds for a browser that is away can be deleted there, should the notification be recalled.</summary>
    private async Task KeepLocationsAsync(Session session, BatchWork work, IReadOnlyList<Attempt> group, bool recalled)
    {
        var locations = group.Where(attempt => attempt.Location is not null).Select(attempt => attempt.Location!.AbsoluteUri).ToArray();
        if (locations.Length == 0 || work.Ttl == TimeSpan.Zero)
        {
            return;
        }

        await session.ExecuteAsync(
            $"""
            INSERT INTO stored_message (organization_id, notification_id, id, locations, expires_at, withdraw_at)
            VALUES (@OrganizationId, @NotificationId, @id, @locations, @expiresAt, {(recalled ? session.Dialect.Now : "NULL")})
            """,
            new
            {
                work.Key.OrganizationId,
                work.Key.NotificationId,
                id = ids.Next(),
                locations = JsonSerializer.Serialize(locations),
                expiresAt = work.ExpiresAt.ToUnixTimeMilliseconds(),
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
    }

    /// <summary>What becomes of the batch itself. Letting go raises its token: a renewal still on its way must not take it back.</summary>
    private readonly record struct Change(TimeSpan? DueIn, int Rounds, int Release);
}
