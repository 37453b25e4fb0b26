using System.Collections.Frozen;
using System.Net;

namespace Pushbell.WebPush;

/// <summary>How a <see cref="PushClient"/> encrypts, and reaches push services.</summary>
public sealed record PushClientOptions
{
    /// <summary>
    /// Exact origins, written like <see cref="PushSubscription.Origin"/>, that may be private or plain http.
    /// Every other must be https and public.
    /// </summary>
    public IReadOnlySet<string> TrustedOrigins { get; init; } = FrozenSet<string>.Empty;

    /// <summary>For development: hosts whose connections go to a local address instead, whatever the port in the endpoint.</summary>
    public IReadOnlyDictionary<string, PushRoute> Routes { get; init; } = FrozenDictionary<string, PushRoute>.Empty;

    /// <summary>The time that resolving, connecting and the TLS handshake may take together, by the system's clock.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that a whole attempt may take, connecting and the answer's body included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this a connection takes no more requests, so that changes in DNS are seen.</summary>
    public TimeSpan PooledConnectionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Which cryptography encrypts.</summary>
    public EncryptionPath Encryption { get; init; } = EncryptionPath.Automatic;
}

/// <summary>A local stand-in for a push service; TLS still uses the real host's name.</summary>
/// <param name="Address">Where to connect.</param>
/// <param name="CertificateSha256">The hex SHA-256 of the one certificate that is accepted there.</param>
public sealed record PushRoute(IPEndPoint Address, string CertificateSha256);
