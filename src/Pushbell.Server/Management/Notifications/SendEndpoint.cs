using Pushbell.Dispatch;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.Management.Notifications;

/// <summary>Sends on behalf of people: always in the background, so that the answer comes at once and progress can be watched.</summary>
internal sealed class SendEndpoint(SendNotification send, IdempotentAnswer answers, IHostApplicationLifetime lifetime)
{
    public static async Task<IResult> SendAsync(HttpContext context, SendEndpoint endpoint, TimeProvider clock)
    {
        var (body, refusal) = await SendReading.ReadAsync(context, ManageResourcesJson.Default.SendBody);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var (request, bad) = SendReading.Understand(context, ManageGate.CallerOf(context), body, clock.GetUtcNow());
        return request is null ? ManageErrors.Of(bad!) : await endpoint.RunAsync(context, request);
    }

    /// <param name="context">The request.</param>
    /// <param name="request">What to send.</param>
    public async Task<IResult> RunAsync(HttpContext context, SendRequest request)
    {
        if (!request.Caller.ServiceIsOn)
        {
            return ManageErrors.Of(new Failure.Conflict("Push notifications are switched off for this service; switch them on in its settings first."));
        }

        var result = await send.RunAsync(request with { Queue = true }, context.RequestAborted, lifetime.ApplicationStopping);
        if (!result.TryGet(out var accepted, out var failure))
        {
            return ManageErrors.Of(failure);
        }

        if (accepted.IsDryRun || accepted.IsReplay)
        {
            AuditNote.LeaveNone(context);
        }

        return accepted.IsDryRun
            ? TypedResults.Json(DryRun.Of(accepted), ManageResourcesJson.Default.DryRun)
            : await AnswerAsync(context, request, accepted);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, SendRequest request, AcceptedNotification accepted)
    {
        var notification = accepted.Notification;
        if (!accepted.IsReplay)
        {
            AuditNote.Set(
                context,
                PublicId.Notification(notification.Id),
                $"“{request.Content.Title}” to {notification.TotalTargets}",
                notification.OrganizationId
            );
        }

        // Nothing is read any more: what was accepted must not be answered with an outage.
        return await answers.WriteAsync(
            context,
            request,
            accepted,
            () => Task.FromResult(Notification.Of(new SentNotification(notification, request.Content))),
            ManageResourcesJson.Default.Notification,
            StatusCodes.Status202Accepted
        );
    }
}
