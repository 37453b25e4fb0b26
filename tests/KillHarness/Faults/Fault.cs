namespace Pushbell.KillHarness.Faults;

internal enum FaultKind
{
    /// <summary>kill -9 while it works, and a new process at once.</summary>
    Kill,

    /// <summary>kill -9 before it is ready, and a new process at once.</summary>
    KillAtStart,

    /// <summary>SIGSTOP beyond the lease, then SIGCONT.</summary>
    Stall,

    /// <summary>The database is away, as each engine can be.</summary>
    Outage,

    /// <summary>Both at once; the new process may have to wait for its database.</summary>
    KillInOutage,

    /// <summary>Both at once.</summary>
    StallInOutage,
}

/// <summary>What is done, to whom, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Nodes">The places of the nodes that are hit.</param>
/// <param name="Messages">So many messages the push services get before it, since the last fault. Work, not time: it hits slow machines alike.</param>
/// <param name="Moment">A wait on top of that.</param>
/// <param name="Stall">How long nodes stand still.</param>
/// <param name="Outage">How long the database is away at least.</param>
internal sealed record Fault(FaultKind Kind, IReadOnlyList<int> Nodes, int Messages, TimeSpan Moment, TimeSpan Stall, TimeSpan Outage)
{
    public bool Kills => Kind is FaultKind.Kill or FaultKind.KillAtStart or FaultKind.KillInOutage;

    public bool Stalls => Kind is FaultKind.Stall or FaultKind.StallInOutage;

    public bool HasOutage => Kind is FaultKind.Outage or FaultKind.KillInOutage or FaultKind.StallInOutage;
}
