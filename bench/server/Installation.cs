using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Server;

/// <summary>The real servers in processes of their own, a database filled with registrations, and a sink in this process for all they send.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(LocalPushServer sink, Store store, IReadOnlyList<ServerProcess> servers) => (Sink, Store, Servers) = (sink, store, servers);

    public LocalPushServer Sink { get; }

    public Store Store { get; }

    public IReadOnlyList<ServerProcess> Servers { get; }

    /// <summary>The one that takes requests.</summary>
    public ServerProcess Front => Servers[0];

    /// <summary>Of all servers together.</summary>
    public TimeSpan CpuTime => Servers.Aggregate(TimeSpan.Zero, static (sum, server) => sum + server.CpuTime);

    /// <summary>On SQLite one process does everything; on PostgreSQL one takes the requests, and <paramref name="nodes"/> others deliver.</summary>
    public static async Task<Installation> StartAsync(Options options, int nodes, int registrations, TextWriter progress)
    {
        var listeners = new LocalPushOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            MessageServicePort = 0,
            Latency = options.Latency,
        };
        var sink = await LocalPushServer.StartAsync(listeners, TimeProvider.System, CancellationToken.None);
        Store store = options.IsPostgres ? await PostgresStore.StartAsync() : new SqliteStore();
        var roles = options.IsPostgres ? Enumerable.Repeat("worker", nodes).Prepend("api") : ["all"];
        var servers = roles.Select(role => new ServerProcess(sink, store, role, options.Window)).ToArray();
        await servers[0].StartAsync();
        await servers[0].StopAsync();
        await progress.WriteLineAsync($"filling the database with {registrations:N0} registrations …");
        await store.FillAsync(registrations);
        foreach (var server in servers)
        {
            await server.StartAsync();
        }

        return new Installation(sink, store, servers);
    }

    public async Task<JsonElement> SendAsync(object body)
    {
        using var response = await Front.Http.PostAsJsonAsync("/v2/push/send", body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
    }

    /// <summary>A send to one device, answered after its delivery.</summary>
    /// <returns>Whether the push service had taken it by then.</returns>
    public async Task<bool> SendToOneAsync(int number)
    {
        var answer = await SendAsync(new { title = "Single", body = "send", target_registration_ids = new[] { Population.PublicId(number) } });
        return answer.GetProperty("successful_sends").GetInt32() == 1;
    }

    /// <returns>The request's id.</returns>
    public async Task<string> BroadcastAsync() =>
        (await SendAsync(new { title = "Hello", body = new string('x', 200), target_all = true })).GetProperty("request_id").GetString()!;

    public Task<JsonElement> ProgressAsync(string request) => Front.Http.GetFromJsonAsync<JsonElement>($"/v2/push/requests/{request}");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await Store.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
