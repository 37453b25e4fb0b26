using System.Collections.Concurrent;
using Pushbell.KillHarness.Books;

namespace Pushbell.KillHarness.Nodes;

/// <summary>
/// The nodes of an installation, each on its place with a role of its own. Like a supervisor it starts a node again that has ended; that one
/// ends because its database is away while it starts is in order, anything else is noted.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(500);

    private readonly Installation installation;
    private readonly IReadOnlyList<string> roles;
    private readonly Node[] nodes;
    private readonly ConcurrentQueue<Violation> violations = [];

    /// <param name="installation">Whose.</param>
    /// <param name="roles">One for each node, as <c>Pushbell:Role</c> has them.</param>
    public Cluster(Installation installation, IReadOnlyList<string> roles)
    {
        (this.installation, this.roles) = (installation, roles);
        nodes = [.. roles.Select(role => Node.Start(installation, role))];
    }

    public int Count => nodes.Length;

    /// <summary>The place of the one that was started last.</summary>
    public int Youngest { get; private set; }

    /// <summary>Nodes that ended without having been killed.</summary>
    public IReadOnlyList<Violation> Violations => [.. violations];

    /// <summary>The last lines of every node.</summary>
    public string Output => string.Join('\n', nodes.Index().Select(node => $"--- node {node.Index + 1}, {roles[node.Index]}\n{node.Item.Output}"));

    /// <summary>The roles of so many nodes: alike, or divided so that each way of working is there on at least one.</summary>
    public static IReadOnlyList<string> Roles(int count, bool divided) =>
        [.. Enumerable.Range(0, count).Select(at => divided && at % 3 > 0 ? (at % 3 == 1 ? "api" : "worker") : "all")];

    /// <summary>Waits until all serve.</summary>
    /// <returns>Where, of those that answer callers.</returns>
    public async Task<IReadOnlyList<Uri>> ReadyAsync()
    {
        var addresses = await Task.WhenAll(Enumerable.Range(0, Count).Select(ReadyAsync));
        return [.. addresses.Where((_, at) => roles[at] != "worker")];
    }

    /// <summary>SIGKILL and, at once, a new process in the same place.</summary>
    public async Task ReplaceAsync(int place)
    {
        Check(place);
        await nodes[place].KillAsync();
        await StartAsync(place);
    }

    public Task StallAsync(int place, TimeSpan duration) => nodes[place].StallAsync(duration);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task<Uri> ReadyAsync(int place)
    {
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); ;)
        {
            if (await nodes[place].ReadyAsync() is { } address && !nodes[place].HasEnded)
            {
                return address;
            }

            if (clock.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException($"A node does not come up:\n{nodes[place].Output}");
            }

            Check(place);
            await StartAsync(place);
            await Task.Delay(Pause, clock);
        }
    }

    private async Task StartAsync(int place)
    {
        await nodes[place].DisposeAsync();
        nodes[place] = Node.Start(installation, roles[place]);
        Youngest = place;
    }

    private void Check(int place)
    {
        if (nodes[place] is { HasEnded: true, WasReady: true, Output: var output })
        {
            violations.Enqueue(new Violation(Invariants.Survival, $"Node {place + 1} ended by itself; its last words:\n{output}"));
        }
    }
}
