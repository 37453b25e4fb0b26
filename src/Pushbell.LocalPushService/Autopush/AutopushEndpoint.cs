using System.Net.WebSockets;
using System.Text.Json;
using Pushbell.LocalPushService.Counting;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>The WebSocket that Firefox's <c>dom.push.serverURL</c> leads to.</summary>
internal sealed class AutopushEndpoint(FirefoxBrowsers browsers, Listeners listeners, Counters counters, IHostApplicationLifetime lifetime)
{
    private const string Subprotocol = "push-notification";

    public async Task AcceptAsync(HttpContext context)
    {
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(Subprotocol);
        using var socket = new AutopushSocket(webSocket);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await new AutopushSession(socket, browsers, listeners.Http, counters, context).RunAsync(end.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or JsonException)
        {
            // However the connection ended, the browser comes back on a new one.
            context.Abort();
        }
    }
}
