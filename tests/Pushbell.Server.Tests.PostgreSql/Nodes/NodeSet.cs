using Pushbell.LocalPushService;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>Whole servers on one database, sending to one push service.</summary>
internal sealed class NodeSet : IAsyncDisposable
{
    private readonly List<RunningServer> all = [];
    private readonly TimeProvider? clock;
    private readonly (string, string)[] settings;

    private NodeSet(TestDatabase storage, LocalPushServer pushService, TimeProvider? clock, IEnumerable<(string, string)> settings)
    {
        (Storage, PushService, this.clock, this.settings) = (storage, pushService, clock, [.. settings]);
    }

    public TestDatabase Storage { get; }

    public LocalPushServer PushService { get; }

    public IReadOnlyList<RunningServer> All => all;

    public RunningServer First => all[0];

    /// <summary>Three nodes, on a database of their own.</summary>
    /// <param name="clock">Of all nodes and the push service; the system's when null.</param>
    /// <param name="settings">Of each.</param>
    public static async Task<NodeSet> StartAsync(TimeProvider? clock = null, params IEnumerable<(string, string)> settings) =>
        await StartOnAsync(await TestDatabase.CreateAsync(), 3, clock, settings);

    /// <summary>Three nodes whose push service answers so late, by their clock: not at all while it stands.</summary>
    public static async Task<NodeSet> StartSlowAsync(ManualTimeProvider clock, TimeSpan latency, params IEnumerable<(string, string)> settings) =>
        await StartAsync(await TestDatabase.CreateAsync(), await RunningServer.StartPushServiceAsync(clock, latency), 3, clock, settings);

    /// <summary>On a database that ends with them.</summary>
    public static async Task<NodeSet> StartOnAsync(
        TestDatabase storage,
        int count,
        TimeProvider? clock = null,
        params IEnumerable<(string, string)> settings
    ) => await StartAsync(storage, await RunningServer.StartPushServiceAsync(clock), count, clock, settings);

    private static async Task<NodeSet> StartAsync(
        TestDatabase storage,
        LocalPushServer pushService,
        int count,
        TimeProvider? clock,
        IEnumerable<(string, string)> settings
    )
    {
        var nodes = new NodeSet(storage, pushService, clock, settings);
        try
        {
            while (nodes.all.Count < count)
            {
                await nodes.AddAsync();
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more.</summary>
    /// <param name="own">Settings of this one, on top of those of all.</param>
    public Task<RunningServer> AddAsync(params IEnumerable<(string, string)> own) => AddAsync(clock, own);

    /// <summary>One more that goes by a clock of its own.</summary>
    public async Task<RunningServer> AddAsync(TimeProvider? ownClock, params IEnumerable<(string, string)> own)
    {
        var node = await RunningServer.StartNodeAsync(Storage, PushService, ownClock, settings.Concat(own));
        all.Add(node);
        return node;
    }

    /// <summary>Starts so many at the same moment.</summary>
    public async Task AddAtOnceAsync(int count)
    {
        var started = Enumerable.Range(0, count).Select(_ => Task.Run(() => RunningServer.StartNodeAsync(Storage, PushService, clock, settings)));
        all.AddRange(await Task.WhenAll(started));
    }

    /// <summary>Takes turns.</summary>
    public RunningServer Node(int request) => all[request % all.Count];

    public Api Api(int request) => new(Node(request));

    /// <summary>So many requests under way at the same time, each node's turn after the other's.</summary>
    public static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> request) => Task.WhenAll(Enumerable.Range(0, count).Select(request).ToArray());

    public async ValueTask DisposeAsync()
    {
        foreach (var node in all)
        {
            await node.DisposeAsync();
        }

        await PushService.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
