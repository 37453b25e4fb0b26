using System.Collections.Concurrent;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// A push service that asked for a pause is left alone until then, by this organization, whatever is to be sent to it. The database
/// holds the gates, so that they outlive the process and every node obeys the same ones; this is what the process last read of them.
/// </summary>
internal sealed class OriginGate(TimeProvider clock)
{
    /// <summary>No push service may ask for more; what seems longer is a clock that was set back.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(long Organization, string Origin), DateTimeOffset> closedUntil = new();

    /// <returns>When the gate opens; null when it is open.</returns>
    public DateTimeOffset? ClosedUntil(long organization, string origin)
    {
        if (!closedUntil.TryGetValue((organization, origin), out var until))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (until > now && until - now <= Longest)
        {
            return until;
        }

        closedUntil.TryRemove(KeyValuePair.Create((organization, origin), until));
        return null;
    }

    /// <summary>At once in this process, before it is settled.</summary>
    public void Close(long organization, string origin, TimeSpan retryAfter) => Close(organization, origin, clock.GetUtcNow() + retryAfter);

    /// <summary>Takes over what other nodes, or an earlier life of this one, were asked for.</summary>
    public async Task ReadAsync(Session session, long organization)
    {
        var rows = await session.ListAsync<Row>(
            "SELECT origin, closed_until FROM origin_state WHERE organization_id = @organization AND closed_until > @now",
            new { organization, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
        );
        foreach (var row in rows)
        {
            Close(organization, row.Origin, DateTimeOffset.FromUnixTimeMilliseconds(row.ClosedUntil));
        }
    }

    private void Close(long organization, string origin, DateTimeOffset until) =>
        closedUntil.AddOrUpdate((organization, origin), until, (_, known) => known > until ? known : until);

    private sealed record Row
    {
        public string Origin { get; init; } = "";

        public long ClosedUntil { get; init; }
    }
}
