using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Server;

/// <summary>The real servers in processes of their own, sending over TLS and HTTP/2 to a sink in this process.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), BetweenSingleSends = TimeSpan.FromMilliseconds(200);
    private readonly Options options;
    private readonly LocalPushServer sink;
    private readonly Store store;
    private readonly IReadOnlyList<ServerProcess> servers;
    private readonly TextWriter progress;

    private Bench(Options options, LocalPushServer sink, Store store, IReadOnlyList<ServerProcess> servers, TextWriter progress) =>
        (this.options, this.sink, this.store, this.servers, this.progress) = (options, sink, store, servers, progress);

    /// <summary>The one that takes requests.</summary>
    private ServerProcess Front => servers[0];

    private TimeSpan CpuTime => servers.Aggregate(TimeSpan.Zero, static (sum, server) => sum + server.CpuTime);

    /// <summary>On SQLite one process does everything; on PostgreSQL one takes the requests, and <paramref name="nodes"/> others deliver.</summary>
    public static async Task<Bench> StartAsync(Options options, int nodes, TextWriter progress)
    {
        var listeners = new LocalPushOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            MessageServicePort = 0,
            Latency = options.Latency,
        };
        var pushService = await LocalPushServer.StartAsync(listeners, TimeProvider.System, CancellationToken.None);
        Store database = options.IsPostgres ? await PostgresStore.StartAsync() : new SqliteStore();
        var roles = options.IsPostgres ? Enumerable.Repeat("worker", nodes).Prepend("api") : ["all"];
        var processes = roles.Select(role => new ServerProcess(pushService, database, role, options.Window)).ToArray();
        await processes[0].StartAsync();
        await processes[0].StopAsync();
        await progress.WriteLineAsync($"filling the database with {options.Registrations:N0} registrations …");
        await database.FillAsync(options.Registrations);
        foreach (var server in processes)
        {
            await server.StartAsync();
        }

        return new Bench(options, pushService, database, processes, progress);
    }

    public async Task<BroadcastResult> BroadcastAsync()
    {
        var (cpu, work) = (CpuTime, await store.WorkAsync());
        var start = Stopwatch.GetTimestamp();
        var id = (await SendAsync(new { title = "Hello", body = new string('x', 200), target_all = true })).GetProperty("request_id").GetString();
        using var over = new CancellationTokenSource();
        var singles = SendSinglesAsync(over.Token);
        var samples = new List<Sample>();
        for (var done = false; !done;)
        {
            await Task.Delay(Glance, TimeProvider.System);
            var request = await Front.Http.GetFromJsonAsync<JsonElement>($"/v2/push/requests/{id}");
            done = request.GetProperty("pending").GetInt32() == 0;
            samples.Add(
                new Sample(
                    Stopwatch.GetElapsedTime(start).TotalSeconds,
                    request.GetProperty("successful_sends").GetInt32(),
                    servers.Max(server => server.ResidentMegabytes)
                )
            );
            if (samples.Count % 20 == 0)
            {
                await progress.WriteLineAsync($"{samples[^1].Seconds,6:F0} s  {samples[^1].Accepted,10:N0} accepted  {samples[^1].Megabytes,4} MB");
            }
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var cpuSeconds = (CpuTime - cpu).TotalSeconds;
        var databaseWork = await store.WorkAsync() - work;
        await over.CancelAsync();
        return new BroadcastResult(
            store.Name,
            options.IsPostgres ? servers.Count - 1 : 1,
            options.Registrations,
            seconds,
            cpuSeconds,
            servers.Max(server => server.PeakMegabytes),
            databaseWork,
            await singles,
            samples
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        await store.DisposeAsync();
        await sink.DisposeAsync();
    }

    private async Task<SingleSends> SendSinglesAsync(CancellationToken over)
    {
        var (milliseconds, late) = (new List<double>(), 0);
        while (!over.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await SendAsync(new { title = "Single", body = "send", target_registration_ids = new[] { Population.PublicId(milliseconds.Count + 1) } });
            late += 1 - answer.GetProperty("successful_sends").GetInt32();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(BetweenSingleSends, TimeProvider.System, CancellationToken.None);
        }

        return new SingleSends(milliseconds, late);
    }

    private async Task<JsonElement> SendAsync(object body)
    {
        using var response = await Front.Http.PostAsJsonAsync("/v2/push/send", body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
    }
}
