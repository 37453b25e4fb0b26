namespace Pushbell.Simulation.Scheduling;

/// <summary>Timers by due time; those of the same moment in the order in which they were set.</summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Order)> queue = new();
    private long order;

    public void Add(SimulatedTimer timer, long due) => queue.Enqueue((timer, timer.Version), (due, order++));

    /// <returns>Null when none is set.</returns>
    public long? NextDue()
    {
        while (queue.TryPeek(out var entry, out var key))
        {
            if (entry.Timer.Version == entry.Version && entry.Timer.Process.State != ProcessState.Dead)
            {
                return key.Due;
            }

            queue.Dequeue();
        }

        return null;
    }

    public void FireUpTo(long now)
    {
        while (NextDue() <= now)
        {
            queue.Dequeue().Timer.Fire();
        }
    }
}
