using System.Diagnostics;
using Pushbell.Hosts.Tests.Networks;
using Pushbell.Hosts.Tests.Sites;

namespace Pushbell.Hosts.Tests;

/// <summary>A node loses the database in the middle of a transaction that holds what all the others need.</summary>
public sealed class NodeCutOffTests(SharedSite shared) : HostsTest(shared)
{
    [Fact]
    public Task Broadcast_ANodeLosesTheDatabase_OthersFinishAndItReturnsUnharmed() =>
        FinishesWithoutAsync(node => Site.Network.CutAsync(node.Host, Site.Database.Host));

    [Fact]
    public Task Broadcast_ANodeLosesEverybody_OthersFinishAndItReturnsUnharmed() => FinishesWithoutAsync(node => Site.Network.UnplugAsync(node.Host));

    private async Task FinishesWithoutAsync(Func<Node, Task<Cut>> cutOff)
    {
        var broadcast = await BroadcastAsync();
        var (lost, cut) = await InATransactionAsync(cutOff);
        var without = Stopwatch.StartNew();
        await using (cut)
        {
            await Site.Nodes.First(node => node != lost).CompletedAsync(broadcast);
            Tell($"the others finished {without.Elapsed.TotalSeconds:f1} s after the cut");
            (await Site.Database.OpenTransactionsOfAsync(lost.Host)).ShouldBe(0);
        }

        await WorksAsync(lost);
        await Books.AgreeAsync(broadcast, Site.Registered.Keys, mostExtra: Node.Window);
    }

    /// <summary>
    /// Cuts off whichever node is the first to wait for the organization's credits, with its batch and the broadcast locked. Then the credits
    /// are free: its statement succeeds, and the answer gets lost.
    /// </summary>
    private async Task<(Node Lost, Cut Cut)> InATransactionAsync(Func<Node, Task<Cut>> cutOff)
    {
        await using var held = await Site.Database.HoldCreditsAsync();
        var lost = Site.NodeAt(await held.NextAsync());
        return (lost, await cutOff(lost));
    }
}
