namespace Pushbell.KillHarness.Faults;

internal enum FaultKind
{
    /// <summary>kill -9 while it works, and a new process at once.</summary>
    Kill,

    /// <summary>kill -9 before it is ready, and a new process at once.</summary>
    KillAtStart,

    /// <summary>SIGSTOP beyond the lease, then SIGCONT.</summary>
    Stall,

    /// <summary>The database is locked for longer than a node waits.</summary>
    Lock,
}

/// <summary>What is done to a node, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Messages">So many messages the push services get before it, since the last fault. Work, not time: it hits slow machines alike.</param>
/// <param name="Moment">A wait on top of that.</param>
/// <param name="Duration">How long a stall or lock lasts.</param>
internal sealed record Fault(FaultKind Kind, int Messages, TimeSpan Moment, TimeSpan Duration);
