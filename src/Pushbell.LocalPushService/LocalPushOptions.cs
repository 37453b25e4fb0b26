namespace Pushbell.LocalPushService;

/// <summary>How a local push service starts. It listens on 127.0.0.1 only.</summary>
public sealed record LocalPushOptions
{
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

    /// <summary>How long the sink waits before it answers: a push service that is far away, as they all are.</summary>
    public TimeSpan SinkLatency { get; init; } = TimeSpan.Zero;
}
