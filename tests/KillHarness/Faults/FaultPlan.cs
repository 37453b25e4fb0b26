using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>Draws the faults of a run: each kind once, then mostly kills, at random moments of the work and of random nodes.</summary>
internal sealed class FaultPlan
{
    private const double AnyTime = 0.15, OneNode = 0.6, AllNodes = 0.8;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(1.2), LongestWait = TimeSpan.FromMilliseconds(60);

    private static readonly (FaultKind Kind, int Weight)[]
        OfOneNode = [(FaultKind.Kill, 68), (FaultKind.KillAtStart, 10), (FaultKind.Stall, 17), (FaultKind.Outage, 5)],
        OfMany =
        [
            (FaultKind.Kill, 46),
            (FaultKind.KillAtStart, 8),
            (FaultKind.Stall, 20),
            (FaultKind.Outage, 14),
            (FaultKind.KillInOutage, 7),
            (FaultKind.StallInOutage, 5),
        ];

    private readonly Installation installation;
    private readonly Cluster cluster;
    private readonly Random random;
    private readonly int mostMessages;
    private readonly FaultKind[] urn;
    private readonly Queue<FaultKind> first;

    /// <param name="installation">Knows how long things take.</param>
    /// <param name="cluster">Whose nodes are hit.</param>
    /// <param name="random">Where from.</param>
    /// <param name="mostMessages">No fault waits for more messages than these.</param>
    /// <param name="only">Nothing else is drawn; null for all.</param>
    public FaultPlan(Installation installation, Cluster cluster, Random random, int mostMessages, FaultKind? only)
    {
        (this.installation, this.cluster, this.random, this.mostMessages) = (installation, cluster, random, mostMessages);
        var kinds = cluster.Count == 1 ? OfOneNode : OfMany;
        urn = only is { } one ? [one] : [.. kinds.SelectMany(kind => Enumerable.Repeat(kind.Kind, kind.Weight))];
        var each = urn.Distinct().ToArray();
        random.Shuffle(each);
        first = new Queue<FaultKind>(each);
    }

    public Fault Next()
    {
        if (!first.TryDequeue(out var kind))
        {
            kind = urn[random.Next(urn.Length)];
        }

        return new Fault(
            kind,
            NodesOf(kind),
            random.NextDouble() < AnyTime ? 0 : random.Next(1, mostMessages),
            random.NextDouble() * (kind == FaultKind.KillAtStart ? LongestStart : LongestWait),
            installation.Lease * (1.1 + random.NextDouble()),
            installation.Database.NextOutage(random)
        );
    }

    private int[] NodesOf(FaultKind kind)
    {
        var places = Enumerable.Range(0, cluster.Count).ToArray();
        random.Shuffle(places);
        var count = random.NextDouble() switch
        {
            < OneNode => 1,
            < AllNodes => random.Next(1, cluster.Count + 1),
            _ => cluster.Count,
        };
        return kind switch
        {
            FaultKind.Outage => [],
            FaultKind.KillAtStart => [cluster.Youngest],
            _ => places[..count],
        };
    }
}
