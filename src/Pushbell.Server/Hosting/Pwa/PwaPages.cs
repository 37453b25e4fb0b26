using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting.Pwa;

/// <summary>The route table of the hosted PWA.</summary>
internal static class PwaPages
{
    public const string Path = "/pwa";

    /// <summary>Icons and pictures of services and notifications lie anywhere.</summary>
    private const string ContentSecurityPolicy = Pages.ContentSecurityPolicy + "; img-src 'self' data: https:";

    private static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no app at this address, or it is switched off. Check the link with whoever gave it to you.");
    private static readonly string Files = System.IO.Path.Combine(Pages.Folder, "enrol");

    public static string PathOf(ServiceInfo service) => $"{Path}/{service.Identifier}/";

    public static void MapPwa(this WebApplication app)
    {
        var pages = app.MapGroup(Path + "/{service}");
        pages.MapGet("", OfService(PageAsync));
        pages.MapGet("/sw.js", OfService(WorkerAsync));
        pages.MapGet("/settings.json", OfService(SettingsAsync));
        pages.MapGet("/manifest.webmanifest", OfService(ManifestAsync));
        pages.MapGet("/icon.svg", OfService(SvgAsync));
        pages.MapGet("/icon.png", OfService(PngAsync));
    }

    private static RequestDelegate OfService(Func<HttpContext, ServiceInfo, Task> write) =>
        async context =>
        {
            var services = context.RequestServices.GetRequiredService<ServiceQueries>();
            var identifier = (string)context.Request.RouteValues["service"]!;
            if (await services.FindOpenAsync(identifier, context.RequestAborted) is not { } service)
            {
                await ApiEdge.RefuseAsync(context, Unknown);
                return;
            }

            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-cache";
            await write(context, service);
        };

    private static Task PageAsync(HttpContext context, ServiceInfo service)
    {
        if (!context.Request.Path.Value!.EndsWith('/'))
        {
            // Without its slash the page would lie outside the scope of its own worker.
            context.Response.Redirect(PathOf(service) + context.Request.QueryString);
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return FileAsync(context, "index.html", "text/html; charset=utf-8");
    }

    private static Task WorkerAsync(HttpContext context, ServiceInfo service) => FileAsync(context, "sw.js", "text/javascript; charset=utf-8");

    private static async Task SettingsAsync(HttpContext context, ServiceInfo service)
    {
        if (context.RequestServices.GetRequiredService<PageLimits>().CheckRequest(context) is { } tooMany)
        {
            await ApiEdge.RefuseAsync(context, tooMany);
            return;
        }

        var keys = context.RequestServices.GetRequiredService<HostedPwaKeys>();
        var key = await keys.GetAsync(service.OrganizationId, service.Id, context.RequestAborted);
        var url = context.RequestServices.GetRequiredService<OwnAddresses>().UrlOf(context.Request);
        context.Response.Headers.CacheControl = "no-store";
        await JsonAsync(context, "application/json; charset=utf-8", PwaSettings.Of(service, url, key), PwaJson.Default.PwaSettings);
    }

    private static Task ManifestAsync(HttpContext context, ServiceInfo service) =>
        JsonAsync(context, "application/manifest+json; charset=utf-8", PwaManifest.Of(service), PwaJson.Default.PwaManifest);

    private static Task SvgAsync(HttpContext context, ServiceInfo service)
    {
        context.Response.ContentType = "image/svg+xml";
        return context.Response.WriteAsync(BellIcon.Svg(service.ThemeColor), context.RequestAborted);
    }

    private static async Task PngAsync(HttpContext context, ServiceInfo service)
    {
        var icons = context.RequestServices.GetRequiredService<BellIcon>();
        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(icons.Png(service.ThemeColor, context.Request.Query["size"]), context.RequestAborted);
    }

    private static async Task FileAsync(HttpContext context, string name, string type)
    {
        context.Response.ContentType = type;
        await context.Response.SendFileAsync(System.IO.Path.Combine(Files, name), context.RequestAborted);
    }

    private static async Task JsonAsync<T>(HttpContext context, string type, T value, JsonTypeInfo<T> json)
    {
        context.Response.ContentType = type;
        await JsonSerializer.SerializeAsync(context.Response.Body, value, json, context.RequestAborted);
    }
}
