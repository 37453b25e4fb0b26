using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Management.Notifications;

/// <summary>The progress of a notification as server-sent events (HTML, "9.2 Server-sent events").</summary>
internal static class ProgressEndpoint
{
    public const string MediaType = "text/event-stream";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    // Whoever follows comes again by himself, and is asked again then who he is: a role that was taken away ends here.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static async Task<IResult> FollowAsync(
        HttpContext context,
        string request_id,
        NotificationHistory history,
        ProgressFeeds feeds,
        IHostApplicationLifetime lifetime,
        TimeProvider clock
    )
    {
        var caller = ManageGate.CallerOf(context);
        if (!PublicId.TryNotification(request_id, out var id) || await history.ProgressAsync(caller, id, context.RequestAborted) is not { } sent)
        {
            return NotificationEndpoints.NotFound(request_id);
        }

        context.Response.ContentType = MediaType;
        // Proxies that gather answers would make a smooth thing jump.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var limit = new CancellationTokenSource(Longest, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, limit.Token);
        using var follower = feeds.Follow(caller, sent);
        try
        {
            await WriteAsync(context.Response, follower, clock, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nobody listens any more, or the process ends, or it has been long enough.
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, ProgressFeeds.Follower follower, TimeProvider clock, CancellationToken end)
    {
        while (await WaitAsync(response, follower, clock, end))
        {
            while (follower.News.TryRead(out var now))
            {
                var data = JsonSerializer.Serialize(NotificationSummary.Of(now), ManageResourcesJson.Default.NotificationSummary);
                await SayAsync(response, $"event: progress\ndata: {data}\n\n", end);
            }
        }

        await SayAsync(response, "event: end\ndata: {}\n\n", end);
    }

    /// <summary>Waits for news; a comment now and then keeps what lies between from closing the connection.</summary>
    /// <returns>False when there will be none any more.</returns>
    private static async Task<bool> WaitAsync(HttpResponse response, ProgressFeeds.Follower follower, TimeProvider clock, CancellationToken end)
    {
        var news = follower.News.WaitToReadAsync(end).AsTask();
        while (true)
        {
            try
            {
                return await news.WaitAsync(Silence, clock, end);
            }
            catch (TimeoutException)
            {
                await SayAsync(response, ": still here\n\n", end);
            }
        }
    }

    private static async Task SayAsync(HttpResponse response, string text, CancellationToken end)
    {
        await response.WriteAsync(text, end);
        await response.Body.FlushAsync(end);
    }
}
