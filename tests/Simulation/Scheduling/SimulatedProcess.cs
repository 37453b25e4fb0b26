namespace Pushbell.Simulation.Scheduling;

internal enum ProcessState
{
    Running,

    /// <summary>Does nothing for a while and does not know it: a pause of the collector, a frozen machine.</summary>
    Stalled,

    /// <summary>Killed. Whatever it still had to do is never done.</summary>
    Dead,
}

/// <summary>One process of the simulated machine: the context that all of its continuations come back to.</summary>
internal sealed class SimulatedProcess(string name, int number, bool isNode, Scheduler scheduler) : SynchronizationContext
{
    private readonly List<WorkItem> ready = [];

    public string Name => name;

    public int Number => number;

    /// <summary>Runs the product; the others are the world around it.</summary>
    public bool IsNode => isNode;

    public ProcessState State { get; private set; }

    /// <summary>When something last happened to it that may cost it a lease, in ticks of the simulation.</summary>
    public long DisturbedAt { get; private set; } = long.MinValue;

    /// <summary>Something is to happen to it in the midst of its work: after so many steps of its own, of which an idle process takes few.</summary>
    public (int Steps, Action What)? Fate { get; set; }

    public int ReadyCount => State == ProcessState.Running ? ready.Count : 0;

    public override void Post(SendOrPostCallback d, object? state) => Add(new WorkItem(d, state, this));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in the product sends to its context.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Lets something from outside reach the process.</summary>
    public void Reach(Action action) => Add(new WorkItem(static state => ((Action)state!)(), action, null));

    /// <summary>Has the process itself begin something.</summary>
    public void Begin(Func<Task> work) => Post(_ => scheduler.Watch(work()), null);

    public void Disturb() => DisturbedAt = scheduler.Now;

    public void Stall()
    {
        State = ProcessState.Stalled;
        Disturb();
    }

    public void Resume()
    {
        if (State == ProcessState.Stalled)
        {
            State = ProcessState.Running;
            Disturb();
        }
    }

    public void Kill()
    {
        State = ProcessState.Dead;
        Disturb();
        ready.Clear();
    }

    /// <returns>What is to happen instead of its next step; null: nothing.</returns>
    public Action? CountDown()
    {
        if (Fate is not { } fate)
        {
            return null;
        }

        Fate = fate.Steps > 0 ? fate with { Steps = fate.Steps - 1 } : null;
        return Fate is null ? fate.What : null;
    }

    /// <summary>Order is not promised to anybody: the seed says which comes next.</summary>
    public WorkItem Take(int at)
    {
        var item = ready[at];
        ready[at] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        return item;
    }

    private void Add(WorkItem item)
    {
        scheduler.HoldToThread();
        if (State != ProcessState.Dead)
        {
            ready.Add(item);
        }
    }
}
