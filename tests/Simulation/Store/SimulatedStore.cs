using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>The database as all processes of a run share it: a real SQLite file under connections that pause, fail and die by seed.</summary>
internal sealed class SimulatedStore(Template template, Scheduler scheduler, Dice dice, Trace trace, Plant plant) : IDisposable
{
    private readonly HashSet<SimulatedConnection> open = [];

    public StoreFile File { get; } = new(template);

    public StoreWeather Weather { get; } = new(dice, trace);

    public WriterLock Writer { get; } = new(scheduler, dice);

    public Plant Plant => plant;

    public long Now => scheduler.Now;

    /// <summary>Called within the step that committed, before anything else can write.</summary>
    public Action<Commit> Committed { get; set; } = static _ => { };

    public OpenFile Take(SimulatedConnection connection)
    {
        scheduler.HoldToThread();
        open.Add(connection);
        return File.Take();
    }

    public void Give(SimulatedConnection connection, OpenFile file)
    {
        open.Remove(connection);
        File.Give(file);
    }

    /// <summary>
    /// Lets others come in between, if the seed says so. It ends outside of any context, and whoever awaits it must go on there
    /// (<c>ConfigureAwait(false)</c>): Dapper, which stands between here and the product, would leave the thread otherwise.
    /// </summary>
    public Task PauseAsync(SimulatedProcess process)
    {
        if (Weather.PauseRate == 0 || !dice.Chance(Weather.PauseRate))
        {
            return Task.CompletedTask;
        }

        var pause = new TaskCompletionSource();
        process.Reach(pause.SetResult);
        return pause.Task;
    }

    /// <summary>What the process had open is rolled back, as when the operating system closes the files of one that was killed.</summary>
    public void Abandon(SimulatedProcess process)
    {
        foreach (var connection in open.Where(connection => connection.Process == process).ToArray())
        {
            connection.Abandon();
            open.Remove(connection);
        }

        Writer.Abandon(process);
    }

    public void Dispose()
    {
        foreach (var connection in open)
        {
            connection.Abandon();
        }

        File.Dispose();
    }
}
