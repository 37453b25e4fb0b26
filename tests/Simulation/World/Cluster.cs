using Pushbell.Dispatch.Storage;
using Pushbell.Simulation.Invariants;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.World;

/// <summary>The nodes on one database: started, stalled, stopped and killed.</summary>
internal sealed class Cluster(NodeParts parts, CopyRules copies)
{
    private static readonly TimeSpan StartAgain = TimeSpan.FromSeconds(1);
    private readonly List<Node> nodes = [];
    private int started;

    /// <summary>Those that take requests, stalled ones among them: their clients wait.</summary>
    public IReadOnlyList<Node> Up => nodes.FindAll(node => node.IsUp);

    public IEnumerable<SimulatedProcess> Alive => nodes.Select(node => node.Process).Where(process => process.State != ProcessState.Dead);

    public void Start()
    {
        var process = parts.Scheduler.Start($"n{++started}", isNode: true);
        parts.Trace.Say($"{process.Name} starts");
        process.Begin(async () =>
        {
            Node node;
            try
            {
                node = await Node.StartAsync(process, parts);
            }
            catch (StorageOutageException)
            {
                process.Kill();
                parts.Scheduler.After(StartAgain, parts.Scheduler.World, Start);
                return;
            }

            nodes.Add(node);
            await node.WorkAsync();
        });
    }

    public void Kill(SimulatedProcess process)
    {
        parts.Trace.Say($"{process.Name} is killed");
        copies.CheckKilled(process, parts.Delivery.Window);
        process.Kill();
        parts.Store.Abandon(process);
    }

    public void Stall(SimulatedProcess process, TimeSpan time)
    {
        parts.Trace.Say($"{process.Name} stalls for {time.TotalSeconds:0.0} s");
        process.Stall();
        parts.Scheduler.After(time, parts.Scheduler.World, () => Resume(process));
    }

    public void Resume(SimulatedProcess process)
    {
        parts.Trace.Say($"{process.Name} goes on");
        process.Resume();
        parts.Store.Writer.Pass();
    }

    public void Stop(Node node)
    {
        parts.Trace.Say($"{node.Process.Name} is told to stop");
        node.Stop();
    }
}
