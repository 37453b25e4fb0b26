using System.Net.Sockets;
using System.Security.Cryptography;
using Pushbell.LocalPushService.Tests.Sending;
using Pushbell.Testing;

namespace Pushbell.LocalPushService.Tests;

/// <summary>A running service on free ports, a sender and a clock that the test moves.</summary>
public abstract class LocalPushTest : IAsyncLifetime
{
    /// <summary>How long a test waits for what must come; never waited out by a test that passes.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected ManualTimeProvider Clock { get; } = new();

    protected LocalPushServer Server { get; private set; } = null!;

    private protected ApplicationServer Sender { get; private set; } = null!;

    /// <summary>Trusts the service's certificate alone, and finds it under the names of Google's push services.</summary>
    protected HttpClient Http { get; private set; } = null!;

    protected virtual bool RequireVapid => true;

    public async ValueTask InitializeAsync()
    {
        Sender = new ApplicationServer(Clock);
        Server = await LocalPushServer.StartAsync(
            new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0, RequireVapid = RequireVapid },
            Clock,
            TestContext.Current.CancellationToken);
        Http = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Sender.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate!.GetCertHashString(HashAlgorithmName.SHA256) == Server.CertificateSha256;
        return new HttpClient(handler) { BaseAddress = Server.HttpUrl, Timeout = Patience };
    }

    protected static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var port = context.DnsEndPoint.Port == 443 ? Server.HttpsUrl.Port : context.DnsEndPoint.Port;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
