using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Server;

/// <summary>The real server in a process of its own, on a SQLite file, sending over TLS and HTTP/2 to a sink in this process.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), BetweenSingleSends = TimeSpan.FromMilliseconds(200);
    private readonly LocalPushServer sink;
    private readonly ServerProcess server;
    private readonly int registrations;
    private readonly TextWriter progress;

    private Bench(LocalPushServer sink, ServerProcess server, int registrations, TextWriter progress) =>
        (this.sink, this.server, this.registrations, this.progress) = (sink, server, registrations, progress);

    public static async Task<Bench> StartAsync(int registrations, TextWriter progress)
    {
        var options = new LocalPushOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            MessageServicePort = 0,
        };
        var pushService = await LocalPushServer.StartAsync(options, TimeProvider.System, CancellationToken.None);
        var process = new ServerProcess(pushService);
        await process.StartAsync();
        await process.StopAsync();
        await progress.WriteLineAsync($"filling the database with {registrations:N0} registrations …");
        Population.Fill(process.DatabaseFile, registrations);
        await process.StartAsync();
        return new Bench(pushService, process, registrations, progress);
    }

    public async Task<BroadcastResult> BroadcastAsync()
    {
        var cpu = server.CpuTime;
        var start = Stopwatch.GetTimestamp();
        var id = (await SendAsync(new { title = "Hello", body = new string('x', 200), target_all = true })).GetProperty("request_id").GetString();
        using var over = new CancellationTokenSource();
        var singles = SendSinglesAsync(over.Token);
        var samples = new List<Sample>();
        for (var done = false; !done;)
        {
            await Task.Delay(Glance, TimeProvider.System);
            var request = await server.Http.GetFromJsonAsync<JsonElement>($"/v2/push/requests/{id}");
            done = request.GetProperty("pending").GetInt32() == 0;
            samples.Add(
                new Sample(Stopwatch.GetElapsedTime(start).TotalSeconds, request.GetProperty("successful_sends").GetInt32(), server.ResidentMegabytes)
            );
            if (samples.Count % 20 == 0)
            {
                await progress.WriteLineAsync($"{samples[^1].Seconds,6:F0} s  {samples[^1].Accepted,10:N0} accepted  {samples[^1].Megabytes,4} MB");
            }
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var cpuSeconds = (server.CpuTime - cpu).TotalSeconds;
        await over.CancelAsync();
        return new BroadcastResult(registrations, seconds, cpuSeconds, server.PeakMegabytes, await singles, samples);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
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
        using var response = await server.Http.PostAsJsonAsync("/v2/push/send", body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
    }
}
