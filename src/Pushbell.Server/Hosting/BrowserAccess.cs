using Microsoft.Extensions.Primitives;

namespace Pushbell.Server.Hosting;

/// <summary>
/// CORS for the few routes that pages call, and for allowed origins only. A preflight carries no key, so it is answered for any origin
/// that some service allows; which key may be used from where is checked with the request itself.
/// </summary>
internal static class BrowserAccess
{
    public static void UseBrowserAccess(this WebApplication app, params PathString[] paths) =>
        app.Use(
            async (context, next) =>
            {
                if (!paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
                {
                    await next(context);
                    return;
                }

                context.Response.Headers.Vary = "Origin";
                var origins = context.RequestServices.GetRequiredService<PageOrigins>();
                var origin = context.Request.Headers.Origin;
                if (await origins.AnyAllowsAsync(origin, context.RequestAborted))
                {
                    context.Response.Headers.AccessControlAllowOrigin = origin;
                }

                if (IsPreflight(context.Request))
                {
                    AnswerPreflight(context.Response);
                    return;
                }

                await next(context);
            }
        );

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && !StringValues.IsNullOrEmpty(request.Headers.AccessControlRequestMethod);

    private static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST, PATCH, DELETE";
        response.Headers.AccessControlAllowHeaders = "Content-Type, X-Publishable-Key, X-Api-Key, Authorization";
        response.Headers.AccessControlMaxAge = "3600";
    }
}
