namespace Pushbell.Simulation.Scheduling;

/// <summary>The time as one process sees it: a wall clock that may jump, a monotonic one that does not, timers by the latter.</summary>
internal sealed class SimulatedClock(Scheduler scheduler, SimulatedProcess process) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => scheduler.Now;

    public override DateTimeOffset GetUtcNow() => scheduler.WallClock;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        scheduler.HoldToThread();
        var timer = new SimulatedTimer(scheduler, process, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
