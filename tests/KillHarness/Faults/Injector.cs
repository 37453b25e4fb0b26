using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>Does to the installation what a fault says, and sees to it that its nodes come back.</summary>
internal sealed class Injector(Installation installation, Cluster cluster, TimeProvider clock)
{
    /// <summary>What has been done so far.</summary>
    public Timeline Timeline { get; } = new();

    /// <summary>Returns when the fault is over; a killed node's successor may still be starting.</summary>
    public async Task InflictAsync(Fault fault)
    {
        var began = clock.GetUtcNow();
        var away = OutageAsync(fault);
        await Task.WhenAll(fault.Nodes.Select(node => HitAsync(node, fault)));
        var outage = await away;
        Timeline.Add(PastFault.Of(fault, began, clock.GetUtcNow(), outage, installation.Lease, cluster.Count));
    }

    private Task HitAsync(int node, Fault fault) => fault.Stalls ? cluster.StallAsync(node, fault.Stall) : cluster.ReplaceAsync(node);

    /// <returns>How long the database was away.</returns>
    private async Task<TimeSpan> OutageAsync(Fault fault)
    {
        if (!fault.HasOutage)
        {
            return TimeSpan.Zero;
        }

        var start = clock.GetTimestamp();
        await installation.Database.SufferOutageAsync(fault.Outage);
        return clock.GetElapsedTime(start);
    }
}
