using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.LocalPushService;

/// <summary>A push service for one machine, listening from <see cref="StartAsync"/> until it is disposed.</summary>
public sealed class LocalPushServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Listeners listeners;
    private readonly BrowserSettings browserSettings;

    private LocalPushServer(WebApplication app)
    {
        this.app = app;
        listeners = app.Services.GetRequiredService<Listeners>();
        browserSettings = app.Services.GetRequiredService<BrowserSettings>();
        Certificate = app.Services.GetRequiredService<X509Certificate2>();
        Counters = app.Services.GetRequiredService<Counters>();
    }

    /// <summary>Such as <c>http://127.0.0.1:9090/</c>.</summary>
    public Uri HttpUrl => listeners.Http;

    /// <summary>Such as <c>https://127.0.0.1:9443/</c>.</summary>
    public Uri HttpsUrl => listeners.Https;

    /// <summary>For Firefox's <c>dom.push.serverURL</c>, such as <c>ws://127.0.0.1:9090/</c>.</summary>
    public Uri FirefoxServerUrl => browserSettings.FirefoxServerUrl;

    /// <summary>The command line arguments that lead Chromium here.</summary>
    public IReadOnlyList<string> ChromiumFlags => browserSettings.ChromiumFlags;

    /// <summary>What the TLS ports show: self-signed, made at the start, disposed with the service.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate, 64 upper-case hexadecimal digits.</summary>
    public string CertificateSha256 => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public Counters Counters { get; }

    /// <summary>Starts the service. Messages expire and tokens are judged by <paramref name="clock"/>; TLS goes by the real time.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<LocalPushServer> StartAsync(LocalPushOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLocalPush(options, clock);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.ApplicationServices.GetRequiredService<Listeners>().Configure(kestrel));

        // Nothing is logged in ordinary life: what Kestrel calls an error is an exception that no handler of ours foresaw.
        builder.Logging.AddSimpleConsole().AddFilter((category, level) =>
            level >= LogLevel.Error && category!.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal));

        var built = builder.Build();
        try
        {
            built.UseLocalPush();
            await built.StartAsync(cancellationToken);
            return new LocalPushServer(built);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a subscription that needs no browser; its endpoint is on <see cref="HttpUrl"/>.</summary>
    /// <param name="vapidPublicKey">The only key that may send to it, base64url; null admits any.</param>
    /// <exception cref="ArgumentException">The key is no P-256 public key in base64url.</exception>
    public VirtualSubscription CreateSubscription(string? vapidPublicKey = null) =>
        app.Services.GetRequiredService<VirtualSubscriptionSet>().Create(HttpUrl, vapidPublicKey);

    /// <summary>
    /// Forgets every real browser, ends its subscriptions and cuts its connection.
    /// Firefox then reports <c>pushsubscriptionchange</c> to its service workers.
    /// </summary>
    public void ForgetBrowsers() => app.Services.GetRequiredService<RealBrowsers>().Forget();

    public async ValueTask DisposeAsync()
    {
        // Requests that a fault keeps waiting end with the stop; a client that keeps an answer unread must not hold it up.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await app.StopAsync(patience.Token);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    internal string Welcome => app.Services.GetRequiredService<Welcome>().Text;

    /// <summary>Returns on Ctrl+C or SIGTERM.</summary>
    internal Task WaitForShutdownAsync() => app.WaitForShutdownAsync();
}
