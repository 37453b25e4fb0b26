using System.Diagnostics;
using Pushbell.Hosts.Tests.Sites;

namespace Pushbell.Hosts.Tests;

public sealed class DatabaseCutOffTests(SharedSite shared) : HostsTest(shared)
{
    // Longer than any message is on its way.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    // So long balancers and callers wait for an answer, and it comes much sooner.
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10), CallerPatience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Broadcast_TheDatabaseIsAwayForAWhile_StopsAndGoesOnUnharmed()
    {
        var broadcast = await BroadcastAsync();
        await using (await Site.Network.UnplugAsync(Site.Database.Host))
        {
            var away = Stopwatch.StartNew();
            var sends = Task.WhenAll(Site.Nodes.Select(node => node.SendAsync(To(Site.Registered.Keys.Take(3)))));
            var ready = Task.WhenAll(Site.Nodes.Select(node => node.ReadinessAsync()));
            (await ready.WaitAsync(ProbePatience)).ShouldAllBe(status => status == 503);
            Tell($"/health/ready said 503 after {away.Elapsed.TotalSeconds:f1} s");
            (await sends.WaitAsync(CallerPatience)).ShouldAllBe(answer => answer.Status == 503);
            Tell($"the last send was refused after {away.Elapsed.TotalSeconds:f1} s");

            var taken = await Site.PushService.TakenAsync();
            await Task.Delay(Moment, TimeProvider.System);
            (await Site.PushService.TakenAsync()).ShouldBe(taken, "nothing is sent that cannot be written down");
        }

        foreach (var node in Site.Nodes)
        {
            await node.CompletedAsync(broadcast);
        }

        (await Books.SendsAsync()).ShouldBe(1, "503 is nothing sent");
        foreach (var node in Site.Nodes)
        {
            await WorksAsync(node);
        }

        await Books.AgreeAsync(broadcast, Site.Registered.Keys, mostExtra: Node.Window * Site.Nodes.Count);
    }
}
