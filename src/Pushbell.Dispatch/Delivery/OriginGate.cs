using System.Collections.Concurrent;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// A push service that answered with Retry-After is left alone until then, by this organization, whatever is to be sent to it.
/// </summary>
public sealed class OriginGate(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(long Organization, string Origin), DateTimeOffset> closedUntil = new();

    /// <returns>When the gate opens; null when it is open.</returns>
    public DateTimeOffset? ClosedUntil(long organization, string origin)
    {
        if (!closedUntil.TryGetValue((organization, origin), out var until))
        {
            return null;
        }

        if (until > clock.GetUtcNow())
        {
            return until;
        }

        closedUntil.TryRemove(KeyValuePair.Create((organization, origin), until));
        return null;
    }

    public void Close(long organization, string origin, TimeSpan retryAfter)
    {
        var until = clock.GetUtcNow() + retryAfter;
        closedUntil.AddOrUpdate((organization, origin), until, (_, known) => known > until ? known : until);
    }
}
