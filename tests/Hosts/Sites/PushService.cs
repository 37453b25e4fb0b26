using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Hosts.Tests.Networks;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>The local push service as a process on a host of its own. What it holds is the truth about what was sent.</summary>
internal sealed class PushService : IAsyncDisposable
{
    private const int Port = 9090;

    // So long that a batch takes seconds, and a cut meets every node with messages on their way.
    private const int LatencyMilliseconds = 500;

    private readonly HostProgram program;
    private readonly HttpClient http;

    public PushService(NetworkHost host)
    {
        Url = new Uri($"http://{host.Address}:{Port}");
        http = new HttpClient { BaseAddress = Url };
        program = new HostProgram(
            host,
            [],
            "Pushbell.LocalPushService",
            $"--address={host.Address}",
            $"--http-port={Port}",
            "--https-port=0",
            "--message-service-port=0",
            $"--latency-ms={LatencyMilliseconds}"
        );
    }

    public Uri Url { get; }

    public Task StartedAsync() => program.AnswersAsync(http, "/counters");

    /// <summary>Makes virtual subscriptions.</summary>
    public async Task<IReadOnlyList<Subscription>> CreateAsync(int count)
    {
        using var response = await http.PostAsJsonAsync("/subscriptions/bulk", new { count });
        response.EnsureSuccessStatusCode();
        return
        [
            .. (await LinesOf(response)).Select(line => new Subscription(
                line.GetProperty("id").GetString()!,
                line.GetProperty("endpoint").GetString()!,
                Base64Url.DecodeFromChars(line.GetProperty("keys").GetProperty("p256dh").GetString()),
                Base64Url.DecodeFromChars(line.GetProperty("keys").GetProperty("auth").GetString())
            )),
        ];
    }

    /// <summary>How many messages each subscription has got, by its id.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CopiesAsync()
    {
        using var response = await http.GetAsync("/subscriptions");
        return (await LinesOf(response)).ToDictionary(line => line.GetProperty("id").GetString()!, line => line.GetProperty("messages").GetInt32());
    }

    /// <summary>How many messages came in all.</summary>
    public async Task<int> TakenAsync() => (await http.GetFromJsonAsync<JsonElement>("/counters")).GetProperty("accepted").GetInt32();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await program.DisposeAsync();
    }

    private static async Task<IEnumerable<JsonElement>> LinesOf(HttpResponseMessage response) =>
        (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
}

/// <summary>A browser that is not there.</summary>
internal sealed record Subscription(string Id, string Endpoint, byte[] P256dh, byte[] Auth);
