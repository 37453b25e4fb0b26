using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>Draws the faults of a run: mostly kills at a random moment of the work.</summary>
/// <param name="random">Where from.</param>
/// <param name="mostMessages">No fault waits for more messages than these.</param>
internal sealed class FaultPlan(Random random, int mostMessages)
{
    private const double AnyTime = 0.15;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(1.2), LongestWait = TimeSpan.FromMilliseconds(60);

    public Fault Next()
    {
        var kind = random.NextDouble() switch
        {
            < 0.68 => FaultKind.Kill,
            < 0.78 => FaultKind.KillAtStart,
            < 0.95 => FaultKind.Stall,
            _ => FaultKind.Lock,
        };
        var moment = random.NextDouble() * (kind == FaultKind.KillAtStart ? LongestStart : LongestWait);
        var messages = random.NextDouble() < AnyTime ? 0 : random.Next(1, mostMessages);
        return new Fault(kind, messages, moment, DurationOf(kind));
    }

    private TimeSpan DurationOf(FaultKind kind) =>
        kind switch
        {
            FaultKind.Stall => Installation.Lease * (1.1 + random.NextDouble()),
            FaultKind.Lock => Installation.LockWait * (1.1 + random.NextDouble()),
            _ => TimeSpan.Zero,
        };
}
