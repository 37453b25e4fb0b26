using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>How many deliveries of a notification ended in which way.</summary>
internal readonly record struct Ends(int Accepted, int Gone, int Rejected, int Expired, int Cancelled)
{
    public int Total => Accepted + Gone + Rejected + Expired + Cancelled;

    public static Ends Of(IEnumerable<DeliveryEnd> ends)
    {
        Span<int> counts = stackalloc int[(int)DeliveryEnd.Cancelled + 1];
        foreach (var end in ends)
        {
            counts[(int)end]++;
        }

        return new Ends(counts[1], counts[2], counts[3], counts[4], counts[5]);
    }
}

/// <summary>What a notification's deliveries were reserved and paid from.</summary>
internal sealed record Bill(long OrganizationId, long NotificationId, QuotaWindows Windows, bool IsMetered);

/// <summary>Deliveries end: counters, quota and credits change together, in the transaction that writes the ends.</summary>
internal sealed class Bookkeeping(Credits credits, TimeProvider clock)
{
    public async Task EnterAsync(Session session, Bill bill, Ends ends)
    {
        if (ends.Total == 0)
        {
            return;
        }

        await session.ExecuteAsync(
            """
            UPDATE notification SET accepted = accepted + @Accepted, gone = gone + @Gone, rejected = rejected + @Rejected,
                expired = expired + @Expired, cancelled = cancelled + @Cancelled,
                completed_at = CASE WHEN accepted + gone + rejected + expired + cancelled + @Total = total_targets THEN @now END
            WHERE organization_id = @OrganizationId AND id = @NotificationId
            """,
            new
            {
                bill.OrganizationId,
                bill.NotificationId,
                ends.Accepted,
                ends.Gone,
                ends.Rejected,
                ends.Expired,
                ends.Cancelled,
                ends.Total,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        await Quota.GiveBackAsync(session, bill.OrganizationId, bill.Windows, ends.Gone + ends.Rejected + ends.Cancelled);
        if (bill.IsMetered)
        {
            await credits.SettleAsync(session, bill.OrganizationId, bill.NotificationId, ends.Accepted, returned: ends.Total - ends.Accepted);
        }
    }
}
