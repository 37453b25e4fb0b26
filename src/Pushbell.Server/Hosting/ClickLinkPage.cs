using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Hosting;

/// <summary>Where the click links of notifications arrive: a click is counted and led on.</summary>
internal static class ClickLinkPage
{
    public const string Path = "/c";

    public static void MapClickLinks(this WebApplication app) => app.MapGet(ClickLinks.Path + "{token}", FollowAsync);

    private static async Task FollowAsync(HttpContext context, string token, ClickLinks links, PageLimits limits)
    {
        // Whoever clicks faster than people do still gets there, but is no longer counted.
        var isCounted = limits.CheckRequest(context) is null;
        if (await links.FollowAsync(token, isCounted, context.RequestAborted) is { } target)
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(target);
            return;
        }

        await ApiEdge.RefuseAsync(context, new Refusal(RefusalKind.NotFound, "This link leads nowhere: it is damaged, or its notification is no longer kept."));
    }
}
