using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.Gcm.Mcs;

namespace Pushbell.LocalPushService;

/// <summary>The three ports. The addresses are known once the server runs.</summary>
internal sealed class Listeners(LocalPushOptions options, X509Certificate2 certificate, Counters counters)
{
    private ListenOptions? http;
    private ListenOptions? https;
    private ListenOptions? messageService;

    public Uri Http => Address("http", http);

    public Uri Https => Address("https", https);

    public int MessageServicePort => messageService!.IPEndPoint!.Port;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Address, options.HttpPort, listen =>
        {
            // Without TLS there is no ALPN to agree on HTTP/2, and Firefox's WebSocket needs HTTP/1.1.
            listen.Protocols = HttpProtocols.Http1;
            http = Count(listen);
        });
        kestrel.Listen(options.Address, options.HttpsPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            https = Count(listen);
            listen.UseHttps(certificate);
        });
        kestrel.Listen(options.Address, options.MessageServicePort, listen =>
        {
            messageService = Count(listen);
            listen.UseHttps(certificate);
            listen.UseConnectionHandler<McsConnectionHandler>();
        });
    }

    private static Uri Address(string scheme, ListenOptions? listen) => new($"{scheme}://{listen!.IPEndPoint}/");

    private ListenOptions Count(ListenOptions listen)
    {
        listen.Use(next => async connection =>
        {
            counters.Connected();
            try
            {
                await next(connection);
            }
            finally
            {
                counters.Disconnected();
            }
        });
        return listen;
    }
}
