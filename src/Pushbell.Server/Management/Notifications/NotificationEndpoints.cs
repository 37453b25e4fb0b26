using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Notifications;

internal static class NotificationEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, NotificationHistory history)
    {
        var query = context.Request.Query;
        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return ManageErrors.Of(badLimit);
        }

        NotificationStatus? status = null;
        if (query["status"].ToString() is { Length: > 0 } text && (status = StatusNames.Find<NotificationStatus>(text)) is null)
        {
            return ManageErrors.Of(new Failure.InvalidRequest($"status must be one of {StatusNames.All<NotificationStatus>()}."));
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryNotification(cursor, out var id))
            {
                return ManageErrors.Of(new Failure.InvalidRequest("after must be the next of the page before."));
            }

            after = id;
        }

        var page = await history.ListAsync(ManageGate.CallerOf(context), status, limit + 1, after, context.RequestAborted);
        var (shown, last) = Paging.Cut(page, limit);
        var next = last is null ? null : PublicId.Notification(last.Notification.Id);
        return TypedResults.Json(new NotificationList([.. shown.Select(NotificationSummary.Of)], next), ManageResourcesJson.Default.NotificationList);
    }

    public static async Task<IResult> GetAsync(HttpContext context, string request_id, NotificationHistory history) =>
        PublicId.TryNotification(request_id, out var id) && await history.FindAsync(ManageGate.CallerOf(context), id, context.RequestAborted) is { } sent
            ? TypedResults.Json(Notification.Of(sent), ManageResourcesJson.Default.Notification)
            : NotFound(request_id);

    public static async Task<IResult> CancelAsync(HttpContext context, string request_id, CancelNotification cancel, NotificationHistory history)
    {
        if (!PublicId.TryNotification(request_id, out var id))
        {
            return NotFound(request_id);
        }

        var caller = ManageGate.CallerOf(context);
        var result = await cancel.RunAsync(caller, id, context.RequestAborted);
        if (!result.TryGet(out var cancelled, out _) || await history.FindAsync(caller, id, context.RequestAborted) is not { } sent)
        {
            return NotFound(request_id);
        }

        AuditNote.Set(context, request_id, $"{cancelled.Cancelled} of {cancelled.TotalTargets} cancelled");
        return TypedResults.Json(Notification.Of(sent), ManageResourcesJson.Default.Notification);
    }

    public static async Task<IResult> ListDeliveriesAsync(
        HttpContext context,
        string request_id,
        NotificationHistory history,
        DeliveryQueries deliveries,
        RegistrationQueries registrations
    )
    {
        var (caller, ended) = (ManageGate.CallerOf(context), context.RequestAborted);
        if (await FindAsync(context, request_id, history) is not { } sent)
        {
            return NotFound(request_id);
        }

        if (!DeliveryPage.Of(context.Request.Query).TryGet(out var asked, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        var page = await deliveries.ListAsync(caller, sent.Notification.Id, asked.Only, asked.After, asked.Limit + 1, ended);
        var (shown, last) = Paging.Cut(page, asked.Limit);
        var entries = shown.ToArray();
        var clients = (await registrations.FindAsync(caller, [.. entries.Select(entry => entry.Registration)], ended)).ToDictionary(client => client.Id);
        return TypedResults.Json(
            new DeliveryList(
                [.. entries.Select(entry => Delivery.Of(entry, clients.GetValueOrDefault(entry.Registration)))],
                last is null ? null : DeliveryPage.TextOf(last.At)
            ),
            ManageResourcesJson.Default.DeliveryList
        );
    }

    public static async Task<IResult> BreakDownAsync(HttpContext context, string request_id, NotificationHistory history, DeliveryBreakdown breakdown) =>
        await FindAsync(context, request_id, history) is { } sent
            ? TypedResults.Json(
                Breakdown.Of(await breakdown.OfAsync(ManageGate.CallerOf(context), sent.Notification.Id, context.RequestAborted)),
                ManageResourcesJson.Default.Breakdown
            )
            : NotFound(request_id);

    public static IResult NotFound(string request) => ManageErrors.Of(new Failure.NotFound($"There is no notification {request}."));

    private static async Task<SentNotification?> FindAsync(HttpContext context, string request, NotificationHistory history) =>
        PublicId.TryNotification(request, out var id) ? await history.ProgressAsync(ManageGate.CallerOf(context), id, context.RequestAborted) : null;
}
