using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>A claimed batch in memory: what to send, to whom, and what became of it so far.</summary>
internal sealed class BatchWork
{
    private int unsent, underWay;

    public required BatchKey Key { get; init; }

    public required long ServiceId { get; init; }

    public required long[] Recipients { get; init; }

    /// <summary>One <see cref="DeliveryState"/> per recipient; written to the ledger by each settlement.</summary>
    public required byte[] Outcomes { get; init; }

    /// <summary>Rounds of attempts completed before this claim.</summary>
    public required int Attempt { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    public required TimeSpan Ttl { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required PushUrgency Urgency { get; init; }

    public required PushTopic? Topic { get; init; }

    public required Bill Bill { get; init; }

    /// <summary>Its notification has been recalled: nothing more may be sent.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>The service has been switched off: what waits goes on waiting.</summary>
    public required bool ServiceIsOn { get; init; }

    /// <summary>Those of this round whose message waits for its turn.</summary>
    public int Unsent => Volatile.Read(ref unsent);

    /// <summary>Messages that are being sent at this moment.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>Positions in <see cref="Recipients"/> that have not ended.</summary>
    public IEnumerable<int> Pending =>
        Enumerable.Range(0, Outcomes.Length).Where(at => DeliveryState.Of(Outcomes[at]).End == DeliveryEnd.Pending);

    /// <summary>Nothing may be sent any more. A TTL of 0 still gets its one attempt.</summary>
    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt && !(Ttl == TimeSpan.Zero && Attempt == 0);

    /// <summary>A round begins, for all who are pending.</summary>
    public void Begins() => Volatile.Write(ref unsent, Pending.Count());

    /// <summary>What becomes of one of them is known without sending.</summary>
    public void IsDecided() => Interlocked.Decrement(ref unsent);

    public void Departs()
    {
        Interlocked.Increment(ref underWay);
        Interlocked.Decrement(ref unsent);
    }

    public void Arrives() => Interlocked.Decrement(ref underWay);

    /// <returns>Null when the lease was lost.</returns>
    public static async Task<BatchWork?> LoadAsync(Session session, BatchKey key)
    {
        var row = await session.FirstAsync<Row>(
            """
            SELECT b.service_id, b.recipients, b.outcomes, b.attempt, n.payload, n.ttl, n.expires_at, n.urgency, n.topic, n.is_metered,
                   n.hour_window, n.day_window, n.cancelled_at, s.is_active, s.notifications_enabled
            FROM batch b
            JOIN notification n ON n.organization_id = b.organization_id AND n.id = b.notification_id
            JOIN service s ON s.organization_id = b.organization_id AND s.id = b.service_id
            WHERE b.organization_id = @OrganizationId AND b.notification_id = @NotificationId AND b.id = @Number AND b.lease = @Lease
            """,
            key
        );
        return row?.ToWork(key);
    }

    private sealed record Row
    {
        public long ServiceId { get; init; }

        public byte[] Recipients { get; init; } = [];

        public byte[] Outcomes { get; init; } = [];

        public int Attempt { get; init; }

        public byte[] Payload { get; init; } = [];

        public int Ttl { get; init; }

        public long ExpiresAt { get; init; }

        public int Urgency { get; init; }

        public string? Topic { get; init; }

        public int IsMetered { get; init; }

        public long HourWindow { get; init; }

        public long DayWindow { get; init; }

        public long? CancelledAt { get; init; }

        public int IsActive { get; init; }

        public int NotificationsEnabled { get; init; }

        public BatchWork ToWork(BatchKey key) =>
            new()
            {
                Key = key,
                ServiceId = ServiceId,
                Recipients = RecipientList.Decode(Recipients),
                Outcomes = Outcomes,
                Attempt = Attempt,
                Payload = Payload,
                Ttl = TimeSpan.FromSeconds(Ttl),
                ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
                Urgency = (PushUrgency)Urgency,
                Topic = Topic is not null && PushTopic.TryParse(Topic, out var topic) ? topic : null,
                Bill = new Bill(key.OrganizationId, key.NotificationId, new QuotaWindows(HourWindow, DayWindow), IsMetered != 0),
                IsCancelled = CancelledAt is not null,
                ServiceIsOn = IsActive != 0 && NotificationsEnabled != 0,
            };
    }
}
