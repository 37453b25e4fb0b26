namespace Pushbell.KillHarness.Faults;

/// <summary>The faults of a run, one after the other.</summary>
internal sealed class Timeline
{
    private readonly List<PastFault> faults = [];

    public int Count => faults.Count;

    public PastFault this[int fault] => faults[fault];

    public void Add(PastFault fault) => faults.Add(fault);

    public int CountOf(Func<Fault, bool> kinds) => faults.Count(past => kinds(past.Fault));

    /// <returns>The fault that a second copy goes back to, or the last one before it if none explains it; −1 when there was none.</returns>
    /// <param name="first">When the copy before it came.</param>
    /// <param name="second">When it came itself.</param>
    /// <remarks>
    /// What was sent and not settled when a fault came is sent again: the first one that lies between the two. Where none does it is the
    /// last one before them, unless that was a kill: a stalled worker may still send while another has taken its work over, a killed one does not.
    /// </remarks>
    public (int Fault, bool IsProvoked) CauseOf(DateTimeOffset first, DateTimeOffset second)
    {
        if (faults.FindIndex(fault => fault.Over >= first && fault.Began <= second) is var between and >= 0)
        {
            return (between, true);
        }

        var before = faults.FindLastIndex(fault => fault.Over < first);
        return (before, before >= 0 && faults[before].Fault is { Stalls: true } or { HasOutage: true });
    }
}
