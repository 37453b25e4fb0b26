using System.Net;
using System.Net.Security;

namespace Pushbell.WebPush;

/// <summary>The handler under a <see cref="PushClient"/>; what .NET has on by default and a push request must not have is off.</summary>
internal static class PushHandler
{
    public static SocketsHttpHandler Create(PushClientOptions options, EgressGuard guard)
    {
        var handler = new SocketsHttpHandler
        {
            // With a proxy the guard would see only the proxy; a redirect or a cookie would let one answer steer the next request.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectCallback = guard.ConnectAsync,

            // Both are unlimited by default.
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = options.PooledConnectionLifetime,

            // More connections only when the streams of one run out.
            EnableMultipleHttp2Connections = true,

            // In KiB and bytes: an answer is small, or it is not worth a connection.
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 4096,
        };
        if (options.Routes.Count > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (stream, certificate, _, errors) =>
                guard.AcceptsCertificate(((SslStream)stream).TargetHostName, certificate, errors);
        }

        return handler;
    }
}
