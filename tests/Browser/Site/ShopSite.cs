using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pushbell.Browser.Tests.Site;

/// <summary>
/// A site of its own origin whose pages use the SDK of another: <c>/</c> is the page of the quick start in docs/pwa.md, word for word,
/// and the worker beside it; every other path is a page that tests drive, which hands its query to the SDK as options.
/// </summary>
public sealed class ShopSite : IAsyncDisposable
{
    private const string DrivenPage =
        """
        <!doctype html>
        <title>Shop</title>
        <script type="module">
          import { PushbellPWA } from "https://push.example.com/sdk/pushbell.js";
          window.heard = [];
          const options = Object.fromEntries(new URLSearchParams(location.search));
          window.pushbell = new PushbellPWA({
            serviceUrl: "https://push.example.com", organizationPublishableKey: "pk_your_publishable_key", ...options,
          });
          for (const event of ["registered", "unregistered", "notification", "click", "error"])
            pushbell.on(event, detail => heard.push({ event, title: detail.title, action: detail.action, code: detail.code, message: detail.message }));
          window.started = pushbell.initialize().then(() => true, error => error.code);
        </script>
        """;

    /// <summary>A worker that the site has for reasons of its own, and that takes ours in as docs/pwa.md says.</summary>
    private const string OwnWorker =
        """
        OUR_LINE
        addEventListener("message", event => event.data === "who?" && event.source.postMessage("the site's own worker"));
        """;

    private readonly WebApplication application;
    private readonly ConcurrentQueue<string> visits = [];

    private ShopSite(WebApplication application) => this.application = application;

    /// <summary>By name: browsers trust "localhost" as they trust HTTPS.</summary>
    public string Origin => $"http://localhost:{new Uri(application.Urls.Single()).Port}";

    /// <summary>The service worker of <c>/</c>.</summary>
    public string Worker => $"{Origin}/pushbell-sw.js";

    /// <summary>The paths of the pages that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Visits => visits;

    /// <param name="server">Where the SDK comes from and sends to.</param>
    public static async Task<ShopSite> StartAsync(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new ShopSite(builder.Build());
        var worker = QuickStart.Worker(server);
        var module = QuickStart.Fill("""import "https://push.example.com/sdk/pushbell-sw.js";""", server);
        var driven = QuickStart.Fill(DrivenPage, server);
        site.application.MapGet("/", () => Results.Content("<!doctype html>" + QuickStart.Page(server), "text/html"));
        site.application.MapGet("/pushbell-sw.js", () => Results.Content(worker, "text/javascript"));
        site.application.MapGet("/own-sw.js", () => Results.Content(OwnWorker.Replace("OUR_LINE", worker, StringComparison.Ordinal), "text/javascript"));
        site.application.MapGet("/own-module.js", () => Results.Content(OwnWorker.Replace("OUR_LINE", module, StringComparison.Ordinal), "text/javascript"));
        site.application.MapGet("/favicon.ico", () => Results.NotFound());
        site.application.MapGet("/{**path}", (HttpContext context) =>
        {
            site.visits.Enqueue(context.Request.Path);
            return Results.Content(driven, "text/html");
        });
        await site.application.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        // Browsers keep their connections open; nobody need wait for them.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await application.StopAsync(atOnce.Token);
        await application.DisposeAsync();
    }
}
