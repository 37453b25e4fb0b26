using System.Net;

namespace Pushbell.LocalPushService;

/// <summary>How a local push service starts.</summary>
public sealed record LocalPushOptions
{
    /// <summary>Where all ports listen. Whoever reaches them may do anything, so another one than 127.0.0.1 belongs to a network of one's own.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Plain HTTP/1.1: push resources, virtual subscriptions, Firefox's WebSocket, Chromium's check-in. 0 takes a free port.</summary>
    public int HttpPort { get; init; } = 9090;

    /// <summary>HTTP/1.1 and HTTP/2 over TLS, also under the names of Google's push services. 0 takes a free port.</summary>
    public int HttpsPort { get; init; } = 9443;

    /// <summary>The TLS connection that Chromium holds open for its messages (MCS). 0 takes a free port.</summary>
    public int MessageServicePort { get; init; } = 9444;

    /// <summary>
    /// Whether subscriptions made without an application server key demand VAPID too (RFC 8292 §2).
    /// Those made with a key always demand that key (§4.2).
    /// </summary>
    public bool RequireVapid { get; init; } = true;

    /// <summary>How long a push waits for its answer, once the message has been taken: what the way to a real push service and back costs.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;
}
