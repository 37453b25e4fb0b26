using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pushbell.WebPush.Tests.PushServices;

/// <summary>A real Kestrel on loopback that answers as scripted: plain HTTP/1.1 on one port, HTTP/2 over TLS on another.</summary>
public sealed class ScriptedPushService : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, PushScript> scripts = new();
    private readonly X509Certificate2 certificate = SelfSigned();
    private WebApplication? application;

    public string PlainOrigin { get; private set; } = string.Empty;

    public string CertificateSha256 => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public IPEndPoint SecureAddress { get; private set; } = new(IPAddress.Loopback, 0);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listener =>
                {
                    listener.Protocols = HttpProtocols.Http1AndHttp2;
                    listener.UseHttps(certificate);
                }
            );
        });
        application = builder.Build();
        application.Run(AnswerAsync);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        PlainOrigin = addresses.Single(address => address.StartsWith("http:", StringComparison.Ordinal));
        SecureAddress.Port = new Uri(addresses.Single(address => address.StartsWith("https:", StringComparison.Ordinal))).Port;
    }

    /// <summary>A new push resource whose POSTs are answered by the script.</summary>
    internal PushScript On(RequestDelegate answer)
    {
        var script = new PushScript($"/push/{Guid.NewGuid():N}", answer);
        scripts[script.Path] = script;
        return script;
    }

    /// <summary>Options that lead to this service under the names of the public ones, and at its own plain origin.</summary>
    internal PushClientOptions Options()
    {
        string[] hosts =
        [
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "web.push.apple.com",
            "wns2-bl2p.notify.windows.com",
            "push.example.net",
        ];
        return new PushClientOptions
        {
            TrustedOrigins = new HashSet<string>(StringComparer.Ordinal) { PlainOrigin },
            Routes = hosts.ToDictionary(host => host, _ => new PushRoute(SecureAddress, CertificateSha256)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!scripts.TryGetValue(context.Request.Path, out var script))
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        script.Requests.Enqueue(
            new ReceivedRequest(
                context.Request.Method,
                context.Request.Protocol,
                context.Request.Host.Value!,
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                body.ToArray()
            )
        );
        await script.Answer(context);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=push service of the tests", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
    }
}

/// <summary>One push resource, and what came to it.</summary>
internal sealed record PushScript(string Path, RequestDelegate Answer)
{
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();
}

internal sealed record ReceivedRequest(
    string Method,
    string Protocol,
    string Host,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body
);
