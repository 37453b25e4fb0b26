using System.Text.Json;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>Where notifications stand, read from the ledger.</summary>
public sealed class NotificationQueries(Database database)
{
    /// <summary>So many invalid registrations are named; the rest shows in the deliveries.</summary>
    public const int InvalidLimit = 1_000;

    /// <returns>Null when the organization has no such notification.</returns>
    public Task<Notification?> FindAsync(long organization, long notification, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var row = await session.FirstAsync<Row>(
                    """
                    SELECT total_targets, accepted, gone, rejected, expired, cancelled, is_queued, unknown_registrations, created_at, completed_at
                    FROM notification WHERE organization_id = @organization AND id = @notification
                    """,
                    new { organization, notification }
                );
                return row?.ToNotification(organization, notification, await GoneAsync(session, organization, notification, row.Gone));
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<string>> GoneAsync(Session session, long organization, long notification, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var gone = new List<string>();
        for (var after = -1; gone.Count < Math.Min(count, InvalidLimit);)
        {
            var batch = await session.FirstAsync<Ledger>(
                """
                SELECT id, recipients, outcomes FROM batch
                WHERE organization_id = @organization AND notification_id = @notification AND id > @after ORDER BY id LIMIT 1
                """,
                new { organization, notification, after }
            );
            if (batch is null)
            {
                break;
            }

            var recipients = RecipientList.Decode(batch.Recipients);
            gone.AddRange(recipients.Where((_, at) => batch.Outcomes[at] == (byte)DeliveryEnd.Gone).Select(PublicId.Registration));
            after = batch.Id;
        }

        return gone;
    }

    private sealed record Ledger
    {
        public int Id { get; init; }

        public byte[] Recipients { get; init; } = [];

        public byte[] Outcomes { get; init; } = [];
    }

    private sealed record Row
    {
        public int TotalTargets { get; init; }

        public int Accepted { get; init; }

        public int Gone { get; init; }

        public int Rejected { get; init; }

        public int Expired { get; init; }

        public int Cancelled { get; init; }

        public int IsQueued { get; init; }

        public string UnknownRegistrations { get; init; } = "[]";

        public long CreatedAt { get; init; }

        public long? CompletedAt { get; init; }

        public Notification ToNotification(long organization, long id, IReadOnlyList<string> gone) =>
            new()
            {
                OrganizationId = organization,
                Id = id,
                TotalTargets = TotalTargets,
                Accepted = Accepted,
                Gone = Gone,
                Rejected = Rejected,
                Expired = Expired,
                Cancelled = Cancelled,
                IsQueued = IsQueued != 0,
                InvalidRegistrations = [.. JsonSerializer.Deserialize<string[]>(UnknownRegistrations)!, .. gone],
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                CompletedAt = CompletedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            };
    }
}
