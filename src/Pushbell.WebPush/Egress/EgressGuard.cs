using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pushbell.WebPush;

/// <summary>Opens the client's connections, and only to where they may go.</summary>
internal sealed class EgressGuard(PushClientOptions options)
{
    /// <summary>Why an endpoint is not even tried; null when it may be.</summary>
    public string? RefusalOf(Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps || options.TrustedOrigins.Contains(endpoint.GetLeftPart(UriPartial.Authority))
            ? null
            : "plain-http";

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        if (options.Routes.TryGetValue(host, out var route))
        {
            return await ConnectAsync([route.Address.Address], route.Address.Port, cancellationToken);
        }

        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var origin = context.InitialRequestMessage.RequestUri!.GetLeftPart(UriPartial.Authority);
        if (!options.TrustedOrigins.Contains(origin) && !addresses.All(PublicAddress.IsPublic))
        {
            throw new EgressRefusedException();
        }

        return await ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
    }

    /// <summary>A route's one certificate, else what the system trusts.</summary>
    public bool AcceptsCertificate(string host, X509Certificate? certificate, SslPolicyErrors errors) =>
        options.Routes.TryGetValue(host, out var route)
            ? string.Equals(
                certificate?.GetCertHashString(HashAlgorithmName.SHA256),
                route.CertificateSha256,
                StringComparison.OrdinalIgnoreCase
            )
            : errors == SslPolicyErrors.None;

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        // NoDelay: a request is one small write that nothing follows.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
