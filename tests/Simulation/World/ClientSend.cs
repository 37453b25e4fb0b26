using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.World;

/// <summary>A send that a client makes, once or, under an idempotency key, several times, and what it was told.</summary>
internal sealed class ClientSend(Tenant tenant, SendRequest request, string topic)
{
    public Tenant Tenant => tenant;

    public SendRequest Request => request;

    /// <summary>Names it on its whole way; the payload is encrypted.</summary>
    public string Topic => topic;

    /// <summary>Requests made for it.</summary>
    public int Tries { get; set; }

    /// <summary>What the client was told is its notification; null while it was told of none.</summary>
    public long? Notification { get; set; }
}
