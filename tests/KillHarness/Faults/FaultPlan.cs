using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>Draws the faults of a run: mostly kills at a random moment of the work.</summary>
internal sealed class FaultPlan(Random random)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(1.2), LongestWork = TimeSpan.FromSeconds(0.6);

    public Fault Next()
    {
        var kind = random.NextDouble() switch
        {
            < 0.68 => FaultKind.Kill,
            < 0.78 => FaultKind.KillAtStart,
            < 0.95 => FaultKind.Stall,
            _ => FaultKind.Lock,
        };
        var moment = random.NextDouble() * (kind == FaultKind.KillAtStart ? LongestStart : LongestWork);
        return new Fault(kind, AfterProgress: random.NextDouble() < 0.8, moment, DurationOf(kind));
    }

    private TimeSpan DurationOf(FaultKind kind) =>
        kind switch
        {
            FaultKind.Stall => Installation.Lease * (1.1 + random.NextDouble()),
            FaultKind.Lock => Installation.LockWait * (1.1 + random.NextDouble()),
            _ => TimeSpan.Zero,
        };
}
