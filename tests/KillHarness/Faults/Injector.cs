using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Faults;

/// <summary>Does to the installation's node what a fault says, and sees to it that there is a node again.</summary>
internal sealed class Injector(Installation installation, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The process that serves at present.</summary>
    public Node Node { get; private set; } = Node.Start(installation);

    /// <summary>What has been done so far.</summary>
    public Timeline Timeline { get; } = new(clock);

    /// <summary>Returns when the fault is over; a killed node's successor may still be starting.</summary>
    public async Task InflictAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                await Node.StallAsync(fault.Duration);
                break;
            case FaultKind.Lock:
                await using (await installation.LockAsync())
                {
                    await Task.Delay(fault.Duration, clock);
                }

                break;
            default:
                await Node.KillAsync();
                break;
        }

        Timeline.Add(fault.Kind);
        if (fault.Kind is FaultKind.Kill or FaultKind.KillAtStart)
        {
            await Node.DisposeAsync();
            Node = Node.Start(installation);
        }
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
