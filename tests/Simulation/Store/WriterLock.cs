using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>SQLite's one writer, among all processes. Real SQLite would block the one thread there is; here the wait is simulated.</summary>
internal sealed class WriterLock(Scheduler scheduler, Dice dice)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly List<Waiter> waiting = [];
    private SimulatedProcess? holder;

    /// <returns>False when it stayed taken for too long.</returns>
    public Task<bool> EnterAsync(SimulatedProcess process)
    {
        if (holder is null)
        {
            holder = process;
            return Task.FromResult(true);
        }

        var waiter = new Waiter(process, new TaskCompletionSource<bool>());
        waiting.Add(waiter);
        scheduler.After(Patience, process, () => GiveUp(waiter));
        return waiter.Entered.Task;
    }

    public void Leave()
    {
        holder = null;
        Pass();
    }

    /// <summary>Hands the free lock to one who waits and is awake to take it.</summary>
    public void Pass()
    {
        var awake = waiting.FindAll(waiter => waiter.Process.State == ProcessState.Running);
        if (holder is not null || awake.Count == 0)
        {
            return;
        }

        var next = dice.Pick(awake);
        waiting.Remove(next);
        holder = next.Process;
        next.Process.Reach(() => next.Entered.SetResult(true));
    }

    /// <summary>The process is no more.</summary>
    public void Abandon(SimulatedProcess process)
    {
        waiting.RemoveAll(waiter => waiter.Process == process);
        if (holder == process)
        {
            Leave();
        }
    }

    private void GiveUp(Waiter waiter)
    {
        if (waiting.Remove(waiter))
        {
            waiter.Process.Disturb();
            waiter.Entered.SetResult(false);
        }
    }

    private sealed record Waiter(SimulatedProcess Process, TaskCompletionSource<bool> Entered);
}
