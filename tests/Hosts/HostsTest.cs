using System.Diagnostics;
using Pushbell.Hosts.Tests.Sites;
using Pushbell.Testing;

[assembly: AssemblyFixture(typeof(SharedSite))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Pushbell.Hosts.Tests;

/// <summary>A test on the shared site, which it finds whole and leaves whole.</summary>
public abstract class HostsTest(SharedSite shared) : IAsyncLifetime
{
    private const string Text = "Sent across hosts.";

    // A node that was cut off may wait for an answer on an old connection before it asks on a new one.
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromMinutes(1);

    private protected Site Site { get; private set; } = null!;

    private protected Books Books { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await shared.StartedAsync();
        Books = await Books.OpenAsync(Site);
    }

    public ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState is { Result: TestResult.Failed })
        {
            foreach (var node in Site.Nodes)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{node.Host.Name}: {node.Output}");
            }
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A send to some.</summary>
    private protected static object To(IEnumerable<string> recipients) =>
        new { title = TestContext.Current.TestMethod!.MethodName[..20], body = Text, target_registration_ids = recipients };

    /// <summary>Begins a broadcast and waits until it is well under way.</summary>
    /// <returns>Its id.</returns>
    private protected async Task<string> BroadcastAsync()
    {
        var accepted = await Site.Nodes[0].SendAsync(new { title = "Everybody", body = Text, target_all = true });
        accepted.Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () =>
        {
            var request = await Site.Nodes[0].RequestAsync(accepted.RequestId);
            return request.GetProperty("outcomes").GetProperty("accepted").GetInt32() >= Site.Registrations / 10;
        });
        return accepted.RequestId;
    }

    /// <summary>Puts a figure into the report of the test.</summary>
    private protected static void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);

    /// <summary>The node takes a send, delivers it and answers with the final counts.</summary>
    private protected async Task WorksAsync(Node node)
    {
        var returning = Stopwatch.StartNew();
        await Eventually.HoldsAsync(async () => await node.ReadinessAsync() == 200, patience: ReturnPatience);
        Tell($"{node.Host.Name} is ready {returning.Elapsed.TotalSeconds:f1} s after the cut was mended");
        await Eventually.HoldsAsync(
            async () => (await node.SendAsync(To(Site.Registered.Keys.TakeLast(3)))).IsCompleted,
            patience: ReturnPatience
        );
        Tell($"{node.Host.Name} delivers {returning.Elapsed.TotalSeconds:f1} s after it");
    }
}
