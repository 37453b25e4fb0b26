using System.Security.Cryptography;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Networks;

/// <summary>
/// Hosts around a switch, and this process beside them with the first address. The switch is a namespace too: no firewall of the machine
/// has a say in what passes it, and nothing of it shows outside but one interface.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private const string Bridge = "bridge0";

    // Locally administered, and nobody's.
    private const string NobodysAddress = "02:00:00:00:de:ad";

    // The tests themselves are the first.
    private const int FirstHost = 2, Attempts = 50;

    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly Ip ip;
    private readonly string prefix;
    private readonly Caretaker caretaker;
    private readonly Dictionary<string, NetworkHost> hosts;

    private Network(Ip ip, string prefix, IReadOnlyList<string> asMyself, IReadOnlyList<string> names)
    {
        (this.ip, this.prefix) = (ip, prefix);
        hosts = names.Index().ToDictionary(host => host.Item, host => NewHost(host.Item, $"{prefix}.{FirstHost + host.Index}", asMyself));
        caretaker = new Caretaker(ip, [.. hosts.Values.Select(host => host.Namespace), Switch]);
    }

    public NetworkHost this[string name] => hosts[name];

    /// <summary>The system's names carry this process's id, so that two runs do not meet.</summary>
    private static string Prefix { get; } = $"pushbell-{Environment.ProcessId}";

    private static string Switch { get; } = $"{Prefix}-switch";

    // 15 characters are the most.
    private static string OwnInterface { get; } = $"pb-{Environment.ProcessId}";

    /// <param name="ip">The program.</param>
    /// <param name="names">Of the hosts.</param>
    public static async Task<Network> CreateAsync(Ip ip, params IReadOnlyList<string> names)
    {
        var network = new Network(ip, await FreePrefixAsync(ip), await AsMyselfAsync(), names);
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loses what two hosts send each other; both reach everybody else.</summary>
    public async Task<Cut> CutAsync(NetworkHost one, NetworkHost other)
    {
        await MisleadAsync(one, other);
        await MisleadAsync(other, one);
        return new Cut(async () =>
        {
            await GuideAsync(one, other);
            await GuideAsync(other, one);
        });
    }

    /// <summary>Pulls a host's cable out of the switch.</summary>
    public async Task<Cut> UnplugAsync(NetworkHost host)
    {
        await AtSwitchAsync("link", "set", "dev", host.Name, "nomaster");
        return new Cut(() => AtSwitchAsync("link", "set", "dev", host.Name, "master", Bridge));
    }

    /// <summary>Ends everything that still runs on the hosts, too.</summary>
    public ValueTask DisposeAsync() => caretaker.DisposeAsync();

    private NetworkHost NewHost(string name, string address, IReadOnlyList<string> asMyself) =>
        new(name, $"{Prefix}-{name}", address, [.. ip.Line("netns", "exec", $"{Prefix}-{name}"), .. asMyself]);

    private async Task BuildAsync()
    {
        await ip.RunAsync("netns", "add", Switch);
        await AtSwitchAsync("link", "add", Bridge, "type", "bridge");
        await AtSwitchAsync("link", "set", Bridge, "up");
        foreach (var host in hosts.Values)
        {
            await ip.RunAsync("netns", "add", host.Namespace);
            await PlugInAsync(host.Name, NetworkHost.Interface, host.Namespace);
            await AtAsync(host, "addr", "add", $"{host.Address}/24", "dev", NetworkHost.Interface);
            await AtAsync(host, "link", "set", NetworkHost.Interface, "up");
            await AtAsync(host, "link", "set", "lo", "up");
        }

        await PlugInAsync("tests", OwnInterface, $"{Environment.ProcessId}");
        await ip.RunAsync("addr", "add", $"{prefix}.1/24", "dev", OwnInterface);
        await ip.RunAsync("link", "set", OwnInterface, "up");
    }

    private async Task PlugInAsync(string port, string name, string space)
    {
        await AtSwitchAsync("link", "add", port, "type", "veth", "peer", "name", name, "netns", space);
        await AtSwitchAsync("link", "set", port, "master", Bridge, "up");
    }

    private Task MisleadAsync(NetworkHost host, NetworkHost about) =>
        AtAsync(host, "neigh", "replace", about.Address, "lladdr", NobodysAddress, "nud", "permanent", "dev", NetworkHost.Interface);

    private Task GuideAsync(NetworkHost host, NetworkHost about) => AtAsync(host, "neigh", "del", about.Address, "dev", NetworkHost.Interface);

    private Task AtAsync(NetworkHost host, params IEnumerable<string> arguments) => ip.RunAsync(["-n", host.Namespace, .. arguments]);

    private Task AtSwitchAsync(params IEnumerable<string> arguments) => ip.RunAsync(["-n", Switch, .. arguments]);

    /// <summary>Addresses to which this machine knows no way but the one to everywhere.</summary>
    private static async Task<string> FreePrefixAsync(Ip ip)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var candidate = $"10.{RandomNumberGenerator.GetInt32(64, 192)}.{RandomNumberGenerator.GetInt32(256)}";
            var (inside, around) = (await RoutesAsync("root"), await RoutesAsync("match"));
            if (inside.Concat(around).All(route => route.StartsWith("default", StringComparison.Ordinal)))
            {
                return candidate;
            }

            async Task<string[]> RoutesAsync(string selection) =>
                (await ip.RunAsync("-4", "route", "show", selection, $"{candidate}.0/24")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        throw new InvalidOperationException("No private network is free.");
    }

    /// <summary>Entering a namespace takes root; what runs there is to be no more than these tests are.</summary>
    private static async Task<string[]> AsMyselfAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return [];
        }

        return ["setpriv", $"--reuid={await IdAsync("-u")}", $"--regid={await IdAsync("-g")}", "--clear-groups", "--"];

        static async Task<string> IdAsync(string option)
        {
            await using var asking = new ChildProgram("/", NoEnvironment, "id", option);
            return (await asking.EndAsync()).Trim();
        }
    }
}
