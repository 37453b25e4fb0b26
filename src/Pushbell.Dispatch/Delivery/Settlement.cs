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
        WriteAsync(work, group, clock.GetUtcNow() + settings.Lease, rounds: 0);

    /// <summary>Settles the last group of a round and lets the batch go: until <paramref name="nextDue"/>, or for good.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> ReleaseAsync(BatchWork work, IReadOnlyList<Attempt> group, DateTimeOffset? nextDue) =>
        WriteAsync(work, group, nextDue, rounds: 1);

    private async Task<bool> WriteAsync(BatchWork work, IReadOnlyList<Attempt> group, DateTimeOffset? dueAt, int rounds)
    {
        var outcomes = (byte[])work.Outcomes.Clone();
        foreach (var attempt in group)
        {
            outcomes[attempt.At] = (byte)attempt.End;
        }

        var written = await database.WriteAsync(
            async session =>
            {
                if (!await WriteOutcomesAsync(session, work, outcomes, dueAt, rounds))
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

    private static async Task<bool> WriteOutcomesAsync(Session session, BatchWork work, byte[] outcomes, DateTimeOffset? dueAt, int rounds) =>
        await session.ExecuteAsync(
            """
            UPDATE batch SET outcomes = @outcomes, due_at = @dueAt, attempt = attempt + @rounds
            WHERE organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number AND lease = @Lease
            """,
            new
            {
                work.Key.OrganizationId,
                work.Key.NotificationId,
                work.Key.Number,
                work.Key.Lease,
                outcomes,
                dueAt = dueAt?.ToUnixTimeMilliseconds(),
                rounds,
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
}
