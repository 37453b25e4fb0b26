using Pushbell.LocalPushService.Autopush;
using Pushbell.LocalPushService.Gcm;

namespace Pushbell.LocalPushService;

/// <summary>The real browsers of both kinds, for what concerns them all.</summary>
internal sealed class RealBrowsers(FirefoxBrowsers firefox, ChromiumBrowsers chromium)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/browsers", context =>
    {
        Forget();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    public void Forget()
    {
        firefox.Forget();
        chromium.Forget();
    }
}
