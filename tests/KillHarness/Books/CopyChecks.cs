using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Books;

/// <summary>How often a message came more than once, and why (P3).</summary>
internal sealed class CopyChecks
{
    private readonly Evidence evidence;
    private readonly int[] byFault, unprovoked;

    public CopyChecks(Evidence evidence)
    {
        this.evidence = evidence;
        (byFault, unprovoked) = (new int[evidence.Faults.Count], new int[evidence.Faults.Count + 1]);
        foreach (var (_, registration, arrivals) in evidence.Copies.All.Where(copies => copies.Arrivals.Count > 1))
        {
            Attribute(arrivals, ambiguous: evidence.Device(registration).LostAnswers);
        }
    }

    /// <summary>Second and further copies, ambiguous attempts included.</summary>
    public int Total { get; private set; }

    /// <summary>Those of ambiguous attempts: the push service took the message and its answer was lost.</summary>
    public int Ambiguous { get; private set; }

    /// <summary>Those that no fault explains: a lease lapsed although nothing was done to its holder.</summary>
    public int Unprovoked => unprovoked.Sum();

    /// <summary>The most that one fault of these kinds caused, for each node that it hit.</summary>
    public int WorstPerNode(Func<Fault, bool> kinds) => CopiesOf(kinds).Select(copies => (copies.Count + copies.Nodes - 1) / copies.Nodes).DefaultIfEmpty().Max();

    /// <summary>The most that one fault of these kinds caused.</summary>
    public int WorstOf(Func<Fault, bool> kinds) => CopiesOf(kinds).Select(copies => copies.Count).DefaultIfEmpty().Max();

    public IEnumerable<Violation> Violations()
    {
        foreach (var (fault, count) in byFault.Index().Where(fault => fault.Item > evidence.Faults[fault.Index].Limit))
        {
            var past = evidence.Faults[fault];
            yield return new Violation(
                Invariants.ExtraCopies,
                $"Fault {fault + 1} ({past}) caused {count} extra copies; {past.Limit} are its limit."
            );
        }

        // A machine that is too slow for the lease stalls its processes without our doing; that may double a window of each. Where there was
        // but one process, and no other before it, nobody could have taken anything over.
        foreach (var (faults, count) in unprovoked.Index())
        {
            var limit = faults == 0 && evidence.Nodes == 1 ? 0 : evidence.Nodes * Installation.Window;
            if (count > limit)
            {
                yield return new Violation(Invariants.ExtraCopies, $"{count} extra copies came after {faults} faults without being due to one; {limit} may.");
            }
        }

        var known = evidence
            .Requests.SelectMany(request => request.Deliveries.Keys.Select(registration => (request.Marker, registration)))
            .ToHashSet();
        foreach (var (marker, registration, _) in evidence.Copies.All.Where(copies => !known.Contains((copies.Marker, copies.Registration))))
        {
            yield return new Violation(Invariants.Stranger, $"{registration} got {marker}, of which the ledger knows nothing.");
        }
    }

    private IEnumerable<(int Count, int Nodes)> CopiesOf(Func<Fault, bool> kinds) =>
        byFault
            .Index()
            .Where(fault => kinds(evidence.Faults[fault.Index].Fault))
            .Select(fault => (fault.Item, evidence.Faults[fault.Index].Fault.Nodes.Count));

    private void Attribute(IReadOnlyList<DateTimeOffset> arrivals, int ambiguous)
    {
        foreach (var (first, second) in arrivals.Zip(arrivals.Skip(1)))
        {
            Total++;
            if (ambiguous-- > 0)
            {
                Ambiguous++;
                continue;
            }

            var (fault, isProvoked) = evidence.Faults.CauseOf(first, second);
            if (isProvoked)
            {
                byFault[fault]++;
            }
            else
            {
                unprovoked[fault + 1]++;
            }
        }
    }
}
