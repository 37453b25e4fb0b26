using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>What was last sent to a few registrations. The ledger is kept by notification, so this goes through the newest of them.</summary>
internal sealed class RecentDeliveries(Database database, NotificationHistory history)
{
    /// <summary>So many notifications of the service are looked through.</summary>
    public const int LookedThrough = 1_000;

    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<RecentDelivery>> OfAsync(
        Caller caller,
        IEnumerable<long> registrations,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var entries = new List<(long Notification, DeliveryEntry Delivery)>();
        foreach (var registration in registrations)
        {
            entries.AddRange(await OfOneAsync(caller, registration, cancellationToken));
        }

        var recent = new List<RecentDelivery>();
        foreach (var (notification, delivery) in entries.OrderByDescending(entry => entry.Notification).Take(limit))
        {
            // What has been pruned meanwhile is of no interest any more.
            if (await history.ProgressAsync(caller, notification, cancellationToken) is { } sent)
            {
                recent.Add(new RecentDelivery(delivery.Registration, delivery.State, delivery.Receipts, sent));
            }
        }

        return recent;
    }

    private async Task<IEnumerable<(long Notification, DeliveryEntry Delivery)>> OfOneAsync(
        Caller caller,
        long registration,
        CancellationToken cancellationToken
    )
    {
        // Batches hold ascending ids and do not overlap: a recipient is in the last one that does not begin after it, or in none.
        var rows = await database.ReadAsync(
            session =>
                session.ListAsync<Row>(
                    """
                    SELECT n.id AS notification_id, b.id, b.recipients, b.outcomes, b.receipts FROM (
                        SELECT organization_id, id FROM notification
                        WHERE organization_id = @OrganizationId AND service_id = @ServiceId ORDER BY id DESC LIMIT @looked) n
                    JOIN batch b ON b.organization_id = n.organization_id AND b.notification_id = n.id AND b.id = (
                        SELECT x.id FROM batch x
                        WHERE x.organization_id = n.organization_id AND x.notification_id = n.id AND x.first_recipient <= @registration
                        ORDER BY x.first_recipient DESC LIMIT 1)
                    """,
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        registration,
                        looked = LookedThrough,
                    }
                ),
            cancellationToken
        );
        return rows.SelectMany(row => row.Deliveries().Where(delivery => delivery.Registration == registration).Select(delivery => (row.NotificationId, delivery)));
    }

    private sealed record Row : LedgerBatch
    {
        public long NotificationId { get; init; }
    }
}
