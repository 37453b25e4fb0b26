namespace Pushbell.Testing;

/// <summary>
/// The clock of a computer, which somebody may set while time goes on: what it shows jumps, what is timed and measured with it does not.
/// </summary>
/// <param name="steady">The time that passes; a test moves it.</param>
public sealed class AdjustableClock(ManualTimeProvider steady) : TimeProvider
{
    private long set;

    public ManualTimeProvider Steady => steady;

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow().AddTicks(Interlocked.Read(ref set));

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        steady.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets it forward, or back when negative. No timer fires for it.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref set, by.Ticks);
}
