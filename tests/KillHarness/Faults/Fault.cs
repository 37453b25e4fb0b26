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
/// <param name="AfterProgress">The moment counts from the first message that the push services got since the last fault.</param>
/// <param name="Moment">The wait before it.</param>
/// <param name="Duration">How long a stall or lock lasts.</param>
internal sealed record Fault(FaultKind Kind, bool AfterProgress, TimeSpan Moment, TimeSpan Duration);
