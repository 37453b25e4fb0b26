using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// The one admission transaction: resolves the target, reserves quota and credits, stores the notification with its batches, or
/// with only a fan-out cursor. When it returns, everything is on disk; when it fails, nothing is.
/// </summary>
public sealed class AcceptNotification(
    Database database,
    SubscriberEmails emails,
    ServiceOrigins origins,
    ClickLinks links,
    Quota quota,
    Credits credits,
    Idempotency idempotency,
    DeliverySettings settings,
    IdGenerator ids,
    TimeProvider clock
)
{
    private static readonly TimeSpan InFlightPause = TimeSpan.FromSeconds(1);
    private readonly TargetResolver resolver = new(emails);

    public async Task<Result<AcceptedNotification>> RunAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var target = request.Content.Url ?? await origins.HomeAsync(request.Caller, cancellationToken);
        var link = links.Create(request.Caller, id, target);
        var payload = PushPayload.Create(request.Content, PublicId.Notification(id), link ?? target);
        if (payload.Length > PushMessage.MaxPayloadLength)
        {
            return new Failure.InvalidRequest(
                $"The notification is {payload.Length - PushMessage.MaxPayloadLength} bytes too large: encoded it has {payload.Length} bytes, "
                    + $"and one encrypted push message holds {PushMessage.MaxPayloadLength}. Shorten data, body or the URLs."
            );
        }

        return await database.WriteAsync(
            session => AdmitAsync(session, id, request, payload, link is null ? null : target),
            keep: static result => result.Value is { IsDryRun: false },
            cancellationToken
        );
    }

    private async Task<Result<AcceptedNotification>> AdmitAsync(Session session, long id, SendRequest request, byte[] payload, string? linkTarget)
    {
        var caller = request.Caller;
        if (request is { Once: { } once, DryRun: false } && await idempotency.TakeAsync(session, caller, once, id) is { } earlier)
        {
            return earlier.TryGet(out var use, out var reused) ? await ReplayAsync(session, caller, use) : reused;
        }

        var resolved = await resolver.ResolveAsync(session, caller, request.Target, Admission.InRequestLimit);
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

        var admission = new Admission(id, request, payload, linkTarget, resolved, windows, metered, clock.GetUtcNow());
        var accepted = new AcceptedNotification(admission.ToNotification()) { PayloadLength = payload.Length, IsMetered = metered };
        return request.DryRun ? accepted with { IsDryRun = true } : accepted with { Lease = await admission.StoreAsync(session, settings.Lease) };
    }

    /// <summary>
    /// The same request again. Without a kept answer it is either still under way, or its process died; in the latter case the first
    /// round of delivery, which a worker takes over, gives the answer. A queued one was answered before its delivery began.
    /// </summary>
    private async Task<Result<AcceptedNotification>> ReplayAsync(Session session, Caller caller, FirstUse use)
    {
        var notification = await NotificationQueries.FindAsync(session, caller, use.NotificationId, clock.GetUtcNow());
        if (use.Answer is null && notification is { IsQueued: false, CompletedAt: null } && !await Batch.WasTriedAsync(session, notification))
        {
            return new Failure.InFlight("A request with this Idempotency-Key is still under way; ask again in a moment.", InFlightPause);
        }

        if (notification!.IsQueued)
        {
            notification = notification.AsAccepted();
        }

        return new AcceptedNotification(notification) { IsReplay = true, FirstAnswer = use.Answer };
    }
}
