using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pushbell.LocalPushService;

/// <summary>What an unmodified browser must be told to come here.</summary>
internal sealed class BrowserSettings(Listeners listeners, X509Certificate2 certificate)
{
    public Uri FirefoxServerUrl => new($"ws://{listeners.Http.Authority}/");

    public IReadOnlyList<string> ChromiumFlags =>
    [
        $"--gcm-checkin-url={listeners.Http}checkin",
        $"--gcm-registration-url={listeners.Http}register",
        $"--gcm-mcs-endpoint=https://localhost:{listeners.MessageServicePort}",
        $"--ignore-certificate-errors-spki-list={Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))}",
    ];
}
