namespace Pushbell.Simulation.Scheduling;

/// <summary>A timer that fires when the simulation comes to it; on a process that is stalled, when it goes on.</summary>
internal sealed class SimulatedTimer(Scheduler scheduler, SimulatedProcess process, Action callback) : ITimer
{
    private TimeSpan period = Timeout.InfiniteTimeSpan;

    public SimulatedProcess Process => process;

    /// <summary>Grows with every change: what was queued for an older one is void.</summary>
    public int Version { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Unset();
        this.period = period;
        Set(dueTime);
        return true;
    }

    /// <summary>Its time has come.</summary>
    public void Fire()
    {
        Unset();
        Set(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan);
        process.Reach(callback);
    }

    public void Dispose() => Unset();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Set(TimeSpan dueTime)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || process.State == ProcessState.Dead)
        {
            return;
        }

        scheduler.Enqueue(this, dueTime);
    }

    private void Unset() => Version++;
}
