using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A batch and the claim on it. <see cref="Lease"/> is the fencing token: with an old one nothing can be written any more.</summary>
public readonly record struct BatchKey(long OrganizationId, long NotificationId, int Number, long Lease);

/// <summary>Up to 500 deliveries of one notification in one row of the ledger: who, and one <see cref="DeliveryState"/> byte for each.</summary>
public static class Batch
{
    public const int MaxRecipients = 500;

    /// <summary>Whether the first round of attempts of a send within its request is through.</summary>
    internal static async Task<bool> WasTriedAsync(Session session, Notification notification) =>
        await session.FirstAsync<int>(
            "SELECT attempt FROM batch WHERE organization_id = @OrganizationId AND notification_id = @Id AND id = 0",
            new { notification.OrganizationId, notification.Id }
        ) > 0;

    /// <param name="session">The transaction that accepts the notification or moves its cursor.</param>
    /// <param name="key">The new batch; one with a lease of more than 0 is born claimed.</param>
    /// <param name="service">Whose registrations they are.</param>
    /// <param name="lane">Of its notification.</param>
    /// <param name="recipients">Registration ids, ascending.</param>
    /// <param name="startsAt">When it may be claimed; null: at once.</param>
    /// <param name="lease">After this, one that is born claimed may be taken over.</param>
    /// <param name="now">Where the database does not measure leases by a clock of its own.</param>
    internal static Task InsertAsync(
        Session session,
        BatchKey key,
        long service,
        Lane lane,
        ReadOnlySpan<long> recipients,
        DateTimeOffset? startsAt,
        TimeSpan lease,
        DateTimeOffset now
    ) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO batch (organization_id, notification_id, id, service_id, lane, first_recipient, recipients, outcomes, lease, is_leased, due_at)
            VALUES (@OrganizationId, @NotificationId, @Number, @service, @lane, @first, @recipients, @outcomes, @Lease, @isLeased, coalesce(@startsAt, {session.Dialect.Now} + @dueIn))
            """,
            new
            {
                key.OrganizationId,
                key.NotificationId,
                key.Number,
                service,
                lane = (int)lane,
                first = recipients[0],
                recipients = RecipientList.Encode(recipients),
                outcomes = new byte[recipients.Length],
                key.Lease,
                isLeased = key.Lease > 0 ? 1 : 0,
                startsAt = startsAt?.ToUnixTimeMilliseconds(),
                dueIn = key.Lease > 0 ? (long)lease.TotalMilliseconds : 0,
                now = now.ToUnixTimeMilliseconds(),
            }
        );
}
