using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A notification and what it said.</summary>
public sealed record SentNotification(Notification Notification, NotificationContent Content);

/// <summary>What a service has sent, for the people who sent it: where each notification stands, and its content.</summary>
public sealed class NotificationHistory(Database database, TimeProvider clock)
{
    private const string Select = $"""
        SELECT {NotificationRow.Columns}, payload, link_target, ttl, urgency, topic FROM notification
        WHERE organization_id = @OrganizationId AND service_id = @ServiceId
        """;

    /// <returns>Null when this service has no such notification.</returns>
    public Task<SentNotification?> FindAsync(Caller caller, long notification, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                await RowAsync(session, caller, notification) is { } row
                    ? Sent(row, [.. row.Unknown, .. await NotificationQueries.GoneAsync(session, row)])
                    : null,
            cancellationToken
        );

    /// <summary>The same without <see cref="Notification.InvalidRegistrations"/>: one row is read, whatever the number of recipients.</summary>
    public Task<SentNotification?> ProgressAsync(Caller caller, long notification, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await RowAsync(session, caller, notification) is { } row ? Sent(row, []) : null,
            cancellationToken
        );

    /// <summary>Newest first, without <see cref="Notification.InvalidRegistrations"/>.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="status">Only those that stand so; null is all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<SentNotification>> ListAsync(
        Caller caller,
        NotificationStatus? status,
        int limit,
        long? after,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<SentNotification>>(
            async session =>
            {
                var rows = await session.ListAsync<Row>(
                    $"{Select} AND id < @before AND {ConditionOf(status)} ORDER BY id DESC LIMIT @limit",
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        before = after ?? long.MaxValue,
                        limit,
                        now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    }
                );
                return [.. rows.Select(row => Sent(row, []))];
            },
            cancellationToken
        );

    private static Task<Row?> RowAsync(Session session, Caller caller, long notification) =>
        session.FirstAsync<Row>(
            $"{Select} AND id = @notification",
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                notification,
            }
        );

    /// <summary>What <see cref="Notification.Status"/> says, said to the database.</summary>
    private static string ConditionOf(NotificationStatus? status)
    {
        const string recalled = "cancelled_at IS NOT NULL AND (completed_at IS NULL OR completed_at >= cancelled_at)";
        const string open = "cancelled_at IS NULL AND completed_at IS NULL";
        const string scheduled = "coalesce(starts_at, 0) > @now";
        const string untouched = "is_queued = 1 AND accepted + gone + rejected + expired + cancelled = 0";
        return status switch
        {
            null => "true",
            NotificationStatus.Cancelled => recalled,
            NotificationStatus.Completed => $"completed_at IS NOT NULL AND NOT ({recalled})",
            NotificationStatus.Scheduled => $"{open} AND {scheduled}",
            NotificationStatus.Queued => $"{open} AND NOT ({scheduled}) AND {untouched}",
            NotificationStatus.Processing => $"{open} AND NOT ({scheduled}) AND NOT ({untouched})",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
    }

    private SentNotification Sent(Row row, IReadOnlyList<string> invalid) =>
        new(row.ToNotification(invalid, clock.GetUtcNow()), row.ToContent());

    private sealed record Row : NotificationRow
    {
        public byte[] Payload { get; init; } = [];

        public string? LinkTarget { get; init; }

        public int Ttl { get; init; }

        public int Urgency { get; init; }

        public string? Topic { get; init; }

        public NotificationContent ToContent() =>
            PayloadContent.Read(Payload, PublicId.Notification(Id), LinkTarget) with
            {
                TtlSeconds = Ttl,
                Urgency = (PushUrgency)Urgency,
                Topic = PushTopic.TryParse(Topic, out var topic) ? topic : null,
            };
    }
}
