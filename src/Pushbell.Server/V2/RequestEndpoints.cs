using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>What became of accepted sends.</summary>
internal static class RequestEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, NotificationQueries notifications)
    {
        var query = context.Request.Query;
        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return V2Errors.Of(badLimit);
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryNotification(cursor, out var id))
            {
                return V2Errors.Of(new Failure.InvalidRequest("after must be the next of the page before."));
            }

            after = id;
        }

        var page = await notifications.ListAsync(KeyGate.CallerOf(context), limit + 1, after, context.RequestAborted);
        var (shown, last) = Paging.Cut(page, limit);
        var next = last is null ? null : PublicId.Notification(last.Id);
        return TypedResults.Json(new RequestsAnswer([.. shown.Select(RequestSummary.Of)], next), V2Json.Default.RequestsAnswer);
    }

    public static async Task<IResult> GetAsync(HttpContext context, string request_id, NotificationQueries notifications) =>
        await FindAsync(context, request_id, notifications) is { } notification
            ? TypedResults.Json(RequestAnswer.Of(notification), V2Json.Default.RequestAnswer)
            : NotFound(request_id);

    public static async Task<IResult> ListDeliveriesAsync(
        HttpContext context,
        string request_id,
        NotificationQueries notifications,
        DeliveryQueries deliveries
    )
    {
        if (await FindAsync(context, request_id, notifications) is not { } notification)
        {
            return NotFound(request_id);
        }

        if (!DeliveryPage.Of(context.Request.Query).TryGet(out var asked, out var bad))
        {
            return V2Errors.Of(bad);
        }

        var page = await deliveries.ListAsync(KeyGate.CallerOf(context), notification.Id, asked.Only, asked.After, asked.Limit + 1, context.RequestAborted);
        var (shown, last) = Paging.Cut(page, asked.Limit);
        var next = last is null ? null : DeliveryPage.TextOf(last.At);
        return TypedResults.Json(
            new DeliveriesAnswer(
                [.. shown.Select(DeliveryAnswer.Of)],
                next
            ),
            V2Json.Default.DeliveriesAnswer
        );
    }

    public static async Task<IResult> CancelAsync(HttpContext context, string request_id, CancelNotification cancel)
    {
        if (!PublicId.TryNotification(request_id, out var id))
        {
            return NotFound(request_id);
        }

        var result = await cancel.RunAsync(KeyGate.CallerOf(context), id, context.RequestAborted);
        return result.TryGet(out var notification, out var failure)
            ? TypedResults.Json(RequestAnswer.Of(notification), V2Json.Default.RequestAnswer)
            : failure is Failure.NotFound
                ? NotFound(request_id)
                : V2Errors.Of(failure);
    }

    private static async Task<Notification?> FindAsync(HttpContext context, string request, NotificationQueries notifications) =>
        PublicId.TryNotification(request, out var id)
            ? await notifications.FindAsync(KeyGate.CallerOf(context), id, context.RequestAborted)
            : null;

    private static IResult NotFound(string request) => V2Errors.Of(new Failure.NotFound($"There is no request {request}."));
}
