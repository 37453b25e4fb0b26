using System.Text.Json;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A send that has passed every check, as it goes on disk.</summary>
internal sealed record Admission(
    long Id,
    SendRequest Request,
    byte[] Payload,
    string? LinkTarget,
    Resolved Resolved,
    QuotaWindows Windows,
    bool IsMetered,
    DateTimeOffset At
)
{
    /// <summary>A send to so many, unless it asks for the queue, is delivered within the request.</summary>
    public const int InRequestLimit = 100;

    private long Organization => Request.Caller.OrganizationId;

    private bool InRequest => !Request.Queue && Request.SendAt is null && Resolved.Count <= InRequestLimit;

    private DateTimeOffset StartsAt => Request.SendAt ?? At;

    private Lane Lane => Lanes.Of(Request.Content.Urgency, Resolved.Count);

    public Notification ToNotification() =>
        new()
        {
            OrganizationId = Organization,
            Id = Id,
            TotalTargets = Resolved.Count,
            IsQueued = !InRequest,
            InvalidRegistrations = Resolved.Unknown,
            CreatedAt = At,
            SendAt = Request.SendAt,
            IsScheduled = Request.SendAt is not null && Resolved.Count > 0,
            CompletedAt = CompletedAt,
        };

    private DateTimeOffset? CompletedAt => Resolved.Count == 0 ? At : null;

    /// <returns>The claim on the batch that was born leased to this request.</returns>
    public async Task<BatchKey?> StoreAsync(Session session, TimeSpan lease)
    {
        await InsertNotificationAsync(session);
        if (Resolved.Ids.Count == 0)
        {
            return null;
        }

        foreach (var (number, recipients) in Resolved.Ids.Chunk(Batch.MaxRecipients).Index())
        {
            var key = new BatchKey(Organization, Id, number, Lease: InRequest ? 1 : 0);
            await Batch.InsertAsync(session, key, Request.Caller.ServiceId, Lane, recipients, Request.SendAt, lease, At);
        }

        return InRequest ? new BatchKey(Organization, Id, Number: 0, Lease: 1) : null;
    }

    private Task InsertNotificationAsync(Session session) =>
        session.ExecuteAsync(
            """
            INSERT INTO notification (organization_id, id, service_id, payload, link_target, ttl, urgency, topic, is_queued, is_metered, lane, total_targets,
                unknown_registrations, hour_window, day_window, cursor_after, cursor_upto, created_at, starts_at, expires_at,
                completed_at)
            VALUES (@organization, @id, @service, @payload, @LinkTarget, @ttl, @urgency, @topic, @isQueued, @isMetered, @lane, @total,
                @unknown, @hour, @day, @cursorAfter, @cursorUpTo, @createdAt, @startsAt, @expiresAt,
                @completedAt)
            """,
            new
            {
                organization = Organization,
                id = Id,
                service = Request.Caller.ServiceId,
                payload = Payload,
                LinkTarget,
                ttl = Request.Content.TtlSeconds,
                urgency = (int)Request.Content.Urgency,
                topic = Request.Content.Topic?.Value,
                isQueued = InRequest ? 0 : 1,
                isMetered = IsMetered ? 1 : 0,
                lane = (int)Lane,
                total = Resolved.Count,
                unknown = JsonSerializer.Serialize(Resolved.Unknown),
                hour = Windows.Hour,
                day = Windows.Day,
                cursorAfter = Resolved.UpTo is null ? null : (long?)0,
                cursorUpTo = Resolved.UpTo,
                createdAt = At.ToUnixTimeMilliseconds(),
                startsAt = Request.SendAt?.ToUnixTimeMilliseconds(),
                expiresAt = StartsAt.AddSeconds(Request.Content.TtlSeconds).ToUnixTimeMilliseconds(),
                completedAt = CompletedAt?.ToUnixTimeMilliseconds(),
            }
        );
}
