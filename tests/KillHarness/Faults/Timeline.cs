namespace Pushbell.KillHarness.Faults;

/// <summary>The faults of a run, one after the other.</summary>
internal sealed class Timeline
{
    private readonly List<PastFault> faults = [];

    public int Count => faults.Count;

    public PastFault this[int fault] => faults[fault];

    public void Add(PastFault fault) => faults.Add(fault);

    public int CountOf(Func<Fault, bool> kinds) => faults.Count(past => kinds(past.Fault));

    /// <returns>The fault that a second copy goes back to; null when there was none before it.</returns>
    /// <param name="first">When the copy before it came.</param>
    /// <param name="second">When it came itself.</param>
    /// <remarks>
    /// What was sent and not settled when a fault came is sent again: the first one that lies between the two. Where none does it is the
    /// last one before them: a stalled worker may still send while another has taken its work over.
    /// </remarks>
    public int? CauseOf(DateTimeOffset first, DateTimeOffset second)
    {
        var between = faults.FindIndex(fault => fault.Over >= first && fault.Began <= second);
        var fault = between >= 0 ? between : faults.FindLastIndex(fault => fault.Over < first);
        return fault >= 0 ? fault : null;
    }

    /// <summary>No fault lies between, and the last one before them was a kill: nothing explains it but a lease that lapsed by itself.</summary>
    public bool IsUnprovoked(DateTimeOffset first, DateTimeOffset second) =>
        !faults.Exists(fault => fault.Over >= first && fault.Began <= second)
        && faults.FindLast(fault => fault.Over < first) is not { Fault: { Stalls: true } or { HasOutage: true } };
}
