using Microsoft.AspNetCore.Connections;
using Pushbell.LocalPushService.Counting;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>Accepts the long-lived connections of Chromium; TLS is already off when they come here.</summary>
internal sealed class McsConnectionHandler(
    ChromiumBrowsers browsers, Counters counters, TimeProvider clock, IHostApplicationLifetime lifetime) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, lifetime.ApplicationStopping);
        using var channel = new McsChannel(connection.Transport);
        try
        {
            await new McsSession(channel, browsers, counters, clock, connection).RunAsync(end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidDataException)
        {
            // However the connection ended, the browser comes back on a new one.
            connection.Abort();
        }
    }
}
