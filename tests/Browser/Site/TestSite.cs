using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Pushbell.Browser.Tests.Site;

/// <summary>Serves the built SDK and demo page, and one page for trying the drivers, under the demo's strict policy.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private const string DriverPage =
        """
        <!doctype html>
        <html lang="en">
          <title>Driver page</title>
          <button id="button">Press</button>
          <script src="/driver-page.js"></script>
        </html>
        """;

    private const string DriverScript =
        """
        window.clicks = [];
        document.getElementById("button").addEventListener("click", event =>
          window.clicks.push({ trusted: event.isTrusted, active: navigator.userActivation.isActive }));
        """;

    private readonly WebApplication application;

    private TestSite(WebApplication application) => this.application = application;

    /// <summary>The origin. By name: browsers trust "localhost" as they trust HTTPS.</summary>
    public string Origin => $"http://localhost:{new Uri(application.Urls.Single()).Port}";

    public static async Task<TestSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        site.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return next(context);
        });
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        site.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        site.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        site.MapGet("/", () => Results.Content(DriverPage, "text/html"));
        site.MapGet("/driver-page.js", () => Results.Content(DriverScript, "text/javascript"));
        await site.StartAsync();
        return new TestSite(site);
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
