using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// The one transaction that writes what a group of attempts came to: outcome bytes, the notification's counters, quota, credits and
/// what is learnt about the registrations. Fenced by the lease: under a lost one it writes nothing at all.
/// </summary>
internal sealed class Settlement(Database database, Credits credits, DeliverySettings settings, TimeProvider clock)
{
    /// <summary>Settles a group and holds the batch for another lease.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> SettleAsync(BatchWork work, IReadOnlyList<Attempt> group) =>
        WriteAsync(work, group, new Change(clock.GetUtcNow() + settings.Lease, Rounds: 0, Release: 0));

    /// <summary>Settles the last group of a round and lets the batch go: until <paramref name="nextDue"/>, or for good.</summary>
    /// <param name="work">The batch.</param>
    /// <param name="group">What came in last, perhaps nothing.</param>
    /// <param name="nextDue">Null when every delivery has ended.</param>
    /// <param name="cutShort">Not everyone had his attempt: the round does not count.</param>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> ReleaseAsync(BatchWork work, IReadOnlyList<Attempt> group, DateTimeOffset? nextDue, bool cutShort = false) =>
        WriteAsync(work, group, new Change(nextDue, Rounds: cutShort ? 0 : 1, Release: 1));

    private async Task<bool> WriteAsync(BatchWork work, IReadOnlyList<Attempt> group, Change change)
    {
        var outcomes = (byte[])work.Outcomes.Clone();
        foreach (var attempt in group)
        {
            outcomes[attempt.At] = (byte)attempt.End;
        }

        var written = await database.WriteAsync(
            async session =>
            {
                if (!await WriteOutcomesAsync(session, work, outcomes, change))
                {
                    return false;
                }

                await CountAsync(session, work, group);
                await RegistrationEffects.ApplyAsync(session, work, group, clock.GetUtcNow());
                return true;
            },
            CancellationToken.None
        );
        if (written)
        {
            outcomes.CopyTo(work.Outcomes, 0);
        }

        return written;
    }

    private static async Task<bool> WriteOutcomesAsync(Session session, BatchWork work, byte[] outcomes, Change change) =>
        await session.ExecuteAsync(
            """
            UPDATE batch SET outcomes = @outcomes, due_at = @dueAt, attempt = attempt + @Rounds, lease = lease + @Release
            WHERE organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number AND lease = @Lease
            """,
            new
            {
                work.Key.OrganizationId,
                work.Key.NotificationId,
                work.Key.Number,
                work.Key.Lease,
                outcomes,
                dueAt = change.DueAt?.ToUnixTimeMilliseconds(),
                change.Rounds,
                change.Release,
            }
        ) == 1;

    private async Task CountAsync(Session session, BatchWork work, IReadOnlyList<Attempt> group)
    {
        var counts = group.CountBy(attempt => attempt.End).ToDictionary();
        int Of(DeliveryEnd end) => counts.GetValueOrDefault(end);
        var ended = group.Count - Of(DeliveryEnd.Pending);
        if (ended == 0)
        {
            return;
        }

        var (organization, notification) = (work.Key.OrganizationId, work.Key.NotificationId);
        await session.ExecuteAsync(
            """
            UPDATE notification SET accepted = accepted + @accepted, gone = gone + @gone, rejected = rejected + @rejected,
                expired = expired + @expired, cancelled = cancelled + @cancelled,
                completed_at = CASE WHEN accepted + gone + rejected + expired + cancelled + @ended = total_targets THEN @now END
            WHERE organization_id = @organization AND id = @notification
            """,
            new
            {
                organization,
                notification,
                accepted = Of(DeliveryEnd.Accepted),
                gone = Of(DeliveryEnd.Gone),
                rejected = Of(DeliveryEnd.Rejected),
                expired = Of(DeliveryEnd.Expired),
                cancelled = Of(DeliveryEnd.Cancelled),
                ended,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        await Quota.GiveBackAsync(
            session,
            organization,
            work.Windows,
            Of(DeliveryEnd.Gone) + Of(DeliveryEnd.Rejected) + Of(DeliveryEnd.Cancelled)
        );
        if (work.IsMetered)
        {
            var accepted = Of(DeliveryEnd.Accepted);
            await credits.SettleAsync(session, organization, notification, spent: accepted, returned: ended - accepted);
        }
    }

    /// <summary>What becomes of the batch itself. Letting go raises its token: a renewal still on its way must not take it back.</summary>
    private readonly record struct Change(DateTimeOffset? DueAt, int Rounds, int Release);
}
