using System.Text.Json;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A send as an API understood it: validated, but not yet resolved or paid for.</summary>
public sealed record SendRequest(Caller Caller, Target Target, NotificationContent Content)
{
    /// <summary>Answer at once and deliver in the background, however few the targets.</summary>
    public bool Queue { get; init; }

    /// <summary>Said when the target comes to nobody; null accepts such a send.</summary>
    public string? NobodySentence { get; init; }
}

/// <summary>A committed send. <see cref="Lease"/> is the claim on its one batch when it is to be delivered within the request.</summary>
public sealed record AcceptedNotification(Notification Notification, BatchKey? Lease);

/// <summary>
/// The one admission transaction: resolves the target, reserves quota and credits, stores the notification with its batches, or
/// with only a fan-out cursor. When it returns, everything is on disk; when it fails, nothing is.
/// </summary>
public sealed class AcceptNotification(
    Database database,
    Registrations.SubscriberEmails emails,
    Quota quota,
    Credits credits,
    DeliverySettings settings,
    IdGenerator ids,
    TimeProvider clock
)
{
    /// <summary>A send to so many, unless it asks for the queue, is delivered within the request.</summary>
    public const int InRequestLimit = 100;

    private readonly TargetResolver resolver = new(emails);

    public async Task<Result<AcceptedNotification>> RunAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var payload = PushPayload.Create(request.Content, PublicId.Notification(id));
        if (payload.Length > PushMessage.MaxPayloadLength)
        {
            return new Failure.InvalidRequest(
                $"The notification is {payload.Length - PushMessage.MaxPayloadLength} bytes too large: encoded it has {payload.Length} bytes, "
                    + $"and one encrypted push message holds {PushMessage.MaxPayloadLength}. Shorten data, body or the URLs."
            );
        }

        return await database.TryWriteAsync(session => AdmitAsync(session, id, request, payload), cancellationToken);
    }

    private async Task<Result<AcceptedNotification>> AdmitAsync(Session session, long id, SendRequest request, byte[] payload)
    {
        var caller = request.Caller;
        var resolved = await resolver.ResolveAsync(session, caller, request.Target, InRequestLimit);
        if (resolved.Count == 0 && request.NobodySentence is { } nobody)
        {
            return new Failure.NotFound(nobody);
        }

        var reservation = await quota.ReserveAsync(session, caller.OrganizationId, resolved.Count);
        if (!reservation.TryGet(out var windows, out var refused))
        {
            return refused;
        }

        var metered = !caller.IsService && await Credits.AvailableAsync(session, caller.OrganizationId) is not null;
        if (metered && await credits.HoldAsync(session, caller.OrganizationId, id, resolved.Count) is { } broke)
        {
            return broke;
        }

        var inRequest = !request.Queue && resolved.Count <= InRequestLimit;
        var now = clock.GetUtcNow();
        await InsertAsync(session, id, request, payload, resolved, windows, metered, inRequest, now);
        var lease = await AddBatchesAsync(session, id, caller, resolved, inRequest, now);
        return new AcceptedNotification(
            new Notification
            {
                OrganizationId = caller.OrganizationId,
                Id = id,
                TotalTargets = resolved.Count,
                IsQueued = !inRequest,
                InvalidRegistrations = resolved.Unknown,
                CreatedAt = now,
                CompletedAt = resolved.Count == 0 ? now : null,
            },
            lease
        );
    }

    private static Task InsertAsync(
        Session session,
        long id,
        SendRequest request,
        byte[] payload,
        Resolved resolved,
        QuotaWindows windows,
        bool metered,
        bool inRequest,
        DateTimeOffset now
    ) =>
        session.ExecuteAsync(
            """
            INSERT INTO notification (organization_id, id, service_id, payload, ttl, urgency, topic, is_queued, is_metered, total_targets,
                unknown_registrations, hour_window, day_window, cursor_after, cursor_upto, created_at, expires_at, completed_at)
            VALUES (@organization, @id, @service, @payload, @ttl, @urgency, @topic, @isQueued, @isMetered, @total,
                @unknown, @hour, @day, @cursorAfter, @cursorUpTo, @now, @expiresAt, @completedAt)
            """,
            new
            {
                organization = request.Caller.OrganizationId,
                id,
                service = request.Caller.ServiceId,
                payload,
                ttl = request.Content.TtlSeconds,
                urgency = (int)request.Content.Urgency,
                topic = request.Content.Topic?.Value,
                isQueued = inRequest ? 0 : 1,
                isMetered = metered ? 1 : 0,
                total = resolved.Count,
                unknown = JsonSerializer.Serialize(resolved.Unknown),
                hour = windows.Hour,
                day = windows.Day,
                cursorAfter = resolved.UpTo is null ? null : (long?)0,
                cursorUpTo = resolved.UpTo,
                now = now.ToUnixTimeMilliseconds(),
                expiresAt = now.AddSeconds(request.Content.TtlSeconds).ToUnixTimeMilliseconds(),
                completedAt = resolved.Count == 0 ? (long?)now.ToUnixTimeMilliseconds() : null,
            }
        );

    /// <returns>The lease of the batch that was born leased to this request.</returns>
    private async Task<BatchKey?> AddBatchesAsync(
        Session session,
        long id,
        Caller caller,
        Resolved resolved,
        bool inRequest,
        DateTimeOffset now
    )
    {
        if (resolved.Ids.Count == 0)
        {
            return null;
        }

        var dueAt = inRequest ? now + settings.Lease : now;
        foreach (var (number, recipients) in resolved.Ids.Chunk(Batch.MaxRecipients).Index())
        {
            var key = new BatchKey(caller.OrganizationId, id, number, Lease: 1);
            await Batch.InsertAsync(session, key, caller.ServiceId, recipients, dueAt);
        }

        return inRequest ? new BatchKey(caller.OrganizationId, id, 0, Lease: 1) : null;
    }
}
