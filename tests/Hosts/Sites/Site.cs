using System.Security.Cryptography;
using Pushbell.Hosts.Tests.Networks;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>One installation: a database, three servers and the push service they send to, each on a host of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>Six batches: two for each node, which works on two at a time.</summary>
    public const int Registrations = 3_000;

    private const int BatchesAtOnce = 2;
    private const string LeaseSeconds = "2", Credits = "1000000";

    private static readonly string[] NodeNames = ["node1", "node2", "node3"];
    private readonly Network network;
    private readonly List<Node> nodes = [];

    private Site(Network network) => this.network = network;

    public Network Network => network;

    public SiteDatabase Database { get; private set; } = null!;

    public PushService PushService { get; private set; } = null!;

    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The ids of everybody who is registered, and what the push service calls them.</summary>
    public IReadOnlyDictionary<string, string> Registered { get; private set; } = new Dictionary<string, string>();

    public Node NodeAt(string address) => nodes.Single(node => node.Host.Address == address);

    public static async Task<Site> StartAsync(Ip ip)
    {
        var site = new Site(await Network.CreateAsync(ip, ["database", "push", .. NodeNames]));
        try
        {
            await site.StartAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        // Ends the programs.
        await network.DisposeAsync();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        if (PushService is not null)
        {
            await PushService.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        PushService = new PushService(network["push"]);
        Database = await SiteDatabase.StartAsync(network["database"]);
        var settings = new (string Name, string Value)[]
        {
            ("ConnectionStrings__Pushbell", Database.ConnectionString),
            ("Pushbell__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Pushbell__PushServices__Trusted__0", PushService.Url.GetLeftPart(UriPartial.Authority)),
            ("Pushbell__Bootstrap__SecretKey", RunningServer.SecretKey),
            ("Pushbell__Bootstrap__Credits", Credits),
            ("Pushbell__Bootstrap__ContactEmail", "admin@example.com"),
            ("Pushbell__Delivery__LeaseSeconds", LeaseSeconds),
            ("Pushbell__Delivery__Window", $"{Node.Window}"),
            ("Pushbell__Delivery__Workers", $"{BatchesAtOnce}"),
            ("Logging__LogLevel__Default", "Warning"),
        };
        nodes.AddRange(NodeNames.Select(name => new Node(network[name], settings)));
        await Task.WhenAll([PushService.StartedAsync(), .. nodes.Select(node => node.StartedAsync())]);
        var subscriptions = await PushService.CreateAsync(Registrations);
        Registered = (await Database.RegisterAsync(subscriptions)).Zip(subscriptions).ToDictionary(pair => pair.First, pair => pair.Second.Id);
    }
}
