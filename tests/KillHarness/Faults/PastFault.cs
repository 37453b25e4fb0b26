using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>A fault that is over.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="Began">When the first of it was done.</param>
/// <param name="Over">When the last node went on.</param>
/// <param name="Away">So long the database was away.</param>
/// <param name="Limit">So many extra copies it explains.</param>
internal sealed record PastFault(Fault Fault, DateTimeOffset Began, DateTimeOffset Over, TimeSpan Away, int Limit)
{
    // After an outage a node finds its pooled connections broken, and tries its settlements again twice a second.
    private static readonly TimeSpan BackAtWork = TimeSpan.FromSeconds(1.5);

    /// <param name="fault">What was done.</param>
    /// <param name="began">When the first of it was done.</param>
    /// <param name="over">When the last node went on.</param>
    /// <param name="away">So long the database was away.</param>
    /// <param name="lease">Of the nodes, renewed whenever a third of it is over.</param>
    /// <param name="nodes">How many there are.</param>
    public static PastFault Of(Fault fault, DateTimeOffset began, DateTimeOffset over, TimeSpan away, TimeSpan lease, int nodes)
    {
        // What has been answered waits for its settlement: an outage costs nothing as long as the leases last.
        // The last renewal may lie a third of one before it, and the next one that far behind it.
        var lapses = away > TimeSpan.Zero && away + BackAtWork + lease * 2 / 3 > lease;
        return new PastFault(fault, began, over, away, Installation.Window * (lapses ? nodes : fault.Nodes.Count));
    }
    public override string ToString() =>
        $"{Fault.Kind} of {Fault.Nodes.Count} nodes, {(Over - Began).TotalSeconds:F1} s, database away for {Away.TotalSeconds:F1} s";
}
