using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>Where notifications stand, read from the ledger.</summary>
public sealed class NotificationQueries(Database database, TimeProvider clock)
{
    /// <summary>So many invalid registrations are named; the deliveries show the rest.</summary>
    public const int InvalidLimit = 1_000;

    /// <returns>Null when this service has no such notification.</returns>
    public Task<Notification?> FindAsync(Caller caller, long notification, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, caller, notification, clock.GetUtcNow()), cancellationToken);

    /// <summary>Newest first, without <see cref="Notification.InvalidRegistrations"/>.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<Notification>> ListAsync(Caller caller, int limit, long? after, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Notification>>(
            async session =>
            {
                var rows = await session.ListAsync<NotificationRow>(
                    $"""
                    SELECT {NotificationRow.Columns} FROM notification
                    WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id < @before ORDER BY id DESC LIMIT @limit
                    """,
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        limit,
                        before = after ?? long.MaxValue,
                    }
                );
                return [.. rows.Select(row => row.ToNotification([], clock.GetUtcNow()))];
            },
            cancellationToken
        );

    internal static async Task<Notification?> FindAsync(Session session, Caller caller, long notification, DateTimeOffset now)
    {
        var row = await session.FirstAsync<NotificationRow>(
            $"""
            SELECT {NotificationRow.Columns} FROM notification
            WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id = @notification
            """,
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                notification,
            }
        );
        return row?.ToNotification([.. row.Unknown, .. await GoneAsync(session, row)], now);
    }

    /// <summary>Public ids of those that a push service declared gone, as many as are named.</summary>
    internal static async Task<IEnumerable<string>> GoneAsync(Session session, NotificationRow notification)
    {
        var (gone, wanted) = (new List<string>(), Math.Min(notification.Gone, InvalidLimit));
        if (wanted == 0)
        {
            return gone;
        }

        await foreach (var batch in DeliveryQueries.BatchesAsync(session, notification.OrganizationId, notification.Id, from: 0))
        {
            var ended = batch.Deliveries().Where(delivery => delivery.State.End == DeliveryEnd.Gone);
            gone.AddRange(ended.Select(delivery => PublicId.Registration(delivery.Registration)));
            if (gone.Count >= wanted)
            {
                break;
            }
        }

        return gone.Take(wanted);
    }
}
