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

    private readonly ConcurrentDictionary<(long Organization, string Origin), Gate> gates = new();

    /// <returns>When the gate opens; null when it is open.</returns>
    public DateTimeOffset? ClosedUntil(long organization, string origin)
    {
        if (!gates.TryGetValue((organization, origin), out var gate))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (gate.Until > now && gate.Until - now <= Longest)
        {
            return gate.Until;
        }

        gates.TryRemove(KeyValuePair.Create((organization, origin), gate));
        return null;
    }

    /// <summary>At once in this process, before it is settled.</summary>
    public void Close(long organization, string origin, TimeSpan retryAfter) =>
        Close(organization, origin, new Gate(clock.GetUtcNow() + retryAfter, IsStored: false));

    /// <summary>Takes over what other nodes, or an earlier life of this one, were asked for; and opens what was opened in the database.</summary>
    public async Task ReadAsync(Session session, long organization)
    {
        // How long still, not until when: the clocks of nodes differ.
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = await session.ListAsync<Row>(
            $"""
            SELECT origin, closed_until - {session.Dialect.Now} AS closed_for FROM origin_state
            WHERE organization_id = @organization AND closed_until > {session.Dialect.Now}
            """,
            new { organization, now }
        );
        foreach (var (key, gate) in gates)
        {
            if (key.Organization == organization && gate.IsStored && rows.All(row => row.Origin != key.Origin))
            {
                gates.TryRemove(KeyValuePair.Create(key, gate));
            }
        }

        foreach (var row in rows)
        {
            Close(organization, row.Origin, new Gate(DateTimeOffset.FromUnixTimeMilliseconds(now + row.ClosedFor), IsStored: true));
        }
    }

    private void Close(long organization, string origin, Gate gate) =>
        gates.AddOrUpdate((organization, origin), gate, (_, known) => Later(known, gate));

    // The database's word replaces its earlier one. Otherwise the later time stands; a part of a millisecond is lost on the way to the database.
    private static Gate Later(Gate known, Gate gate) =>
        (known.IsStored && gate.IsStored) || known.Until - gate.Until < TimeSpan.FromMilliseconds(1) ? gate : known;

    /// <param name="Until">Closed until then.</param>
    /// <param name="IsStored">The database knows; else it is about to be settled.</param>
    private readonly record struct Gate(DateTimeOffset Until, bool IsStored);

    private sealed record Row
    {
        public string Origin { get; init; } = "";

        public long ClosedFor { get; init; }
    }
}
