using Pushbell.Dispatch;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

internal static class SendEndpoints
{
    public static async Task<IResult> SendAsync(HttpContext context, SendNotification send, IHostApplicationLifetime lifetime)
    {
        var (body, refusal) = await ReadAsync(context);
        return body is null ? V2Errors.Of(refusal!) : await RunAsync(context, body, send, lifetime);
    }

    /// <summary>The same with target_all set, whatever the body says of targets.</summary>
    public static async Task<IResult> BroadcastAsync(HttpContext context, SendNotification send, IHostApplicationLifetime lifetime)
    {
        var (body, refusal) = await ReadAsync(context);
        return body is null ? V2Errors.Of(refusal!) : await RunAsync(context, body.ToBroadcast(), send, lifetime);
    }

    public static async Task<IResult> GetRequestAsync(HttpContext context, string request_id, NotificationQueries notifications)
    {
        var organization = KeyGate.CallerOf(context).OrganizationId;
        return
            PublicId.TryNotification(request_id, out var id)
            && await notifications.FindAsync(organization, id, context.RequestAborted) is { } notification
            ? TypedResults.Json(RequestAnswer.Of(notification), V2Json.Default.RequestAnswer)
            : V2Errors.Of(new Failure.NotFound($"There is no request {request_id}."));
    }

    private static async Task<IResult> RunAsync(HttpContext context, SendBody body, SendNotification send, IHostApplicationLifetime lifetime)
    {
        if (!body.ToContent().TryGet(out var content, out var badContent))
        {
            return V2Errors.Of(badContent);
        }

        if (!body.ToTarget().TryGet(out var target, out var badTarget))
        {
            return V2Errors.Of(badTarget);
        }

        var request = new SendRequest(KeyGate.CallerOf(context), target, content) { Queue = body.AsyncMode ?? false };
        var result = await send.RunAsync(request, context.RequestAborted, lifetime.ApplicationStopping);
        return result.TryGet(out var notification, out var failure)
            ? TypedResults.Json(SendAnswer.Of(notification), V2Json.Default.SendAnswer)
            : V2Errors.Of(failure);
    }

    private static async Task<(SendBody? Body, Refusal? Refusal)> ReadAsync(HttpContext context)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.SendBody, JsonBody.LargeLimit);
        return body is { HasIdLists: false } && context.Request.ContentLength > JsonBody.SmallLimit
            ? (null, new Refusal(RefusalKind.BodyTooLarge, $"The request body is larger than {JsonBody.SmallLimit:N0} bytes."))
            : (body, refusal);
    }
}
