using Microsoft.Extensions.FileProviders;

namespace Pushbell.Server.Hosting;

/// <summary>The web files that the build put beside the program: the dashboard, the SDK, the demo page and the API reference.</summary>
internal static class Pages
{
    public const string ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>The package behind the reference writes styles of its own into the page, and draws with data: pictures.</summary>
    private const string ReferenceContentSecurityPolicy = ContentSecurityPolicy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static void UsePages(this WebApplication app)
    {
        var files = new PhysicalFileProvider(Directory.CreateDirectory(Folder).FullName);
        app.Use(ServeDashboardAtRoot);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = files,
                OnPrepareResponse = static file =>
                {
                    var headers = file.Context.Response.Headers;
                    headers.ContentSecurityPolicy = file.Context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal)
                        ? ReferenceContentSecurityPolicy
                        : ContentSecurityPolicy;
                    headers.XContentTypeOptions = "nosniff";
                    // A browser asks again each time whether the file has changed: an update of the SDK reaches every page at once.
                    // The dashboard's pieces are named after what is in them, and never change.
                    headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/dashboard/assets", StringComparison.Ordinal)
                        ? "public, max-age=31536000, immutable"
                        : "no-cache";
                    if (file.Context.Request.Path.StartsWithSegments("/sdk", StringComparison.Ordinal))
                    {
                        // Pages of any origin may load the SDK and its worker.
                        headers.AccessControlAllowOrigin = "*";
                        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                        headers["Service-Worker-Allowed"] = "/";
                    }
                },
            }
        );
    }

    /// <summary>Its pages are told apart by the fragment, which browsers keep to themselves.</summary>
    private static Task ServeDashboardAtRoot(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/")
        {
            context.Request.Path = "/dashboard/index.html";
        }

        return next(context);
    }
}
