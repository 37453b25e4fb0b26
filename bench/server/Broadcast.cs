using System.Diagnostics;
using Pushbell.Bench.Deliver;

namespace Pushbell.Bench.Server;

/// <summary>One notification to everybody, with single sends meanwhile, and beside it what the bare pipeline does with the same sink.</summary>
internal sealed class Broadcast(Options options, TextWriter progress)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), BetweenSingleSends = TimeSpan.FromMilliseconds(200), PipelineTurn = TimeSpan.FromSeconds(5);

    public async Task<BroadcastResult> RunAsync(int nodes)
    {
        await using var installation = await Installation.StartAsync(options, nodes, options.Registrations, progress);
        await using var pipeline = SenderProcess.Pushbell(installation.Sink);
        await pipeline.TakeTurnAsync(PipelineTurn);
        var before = await pipeline.TakeTurnAsync(PipelineTurn);
        var result = await MeasureAsync(installation, nodes);
        var after = await pipeline.TakeTurnAsync(PipelineTurn);
        return result with { PipelinePerSecond = (before.PerSecond + after.PerSecond) / 2 };
    }

    private async Task<BroadcastResult> MeasureAsync(Installation installation, int nodes)
    {
        var (cpu, work) = (installation.CpuTime, await installation.Store.WorkAsync());
        var start = Stopwatch.GetTimestamp();
        var request = await installation.BroadcastAsync();
        using var over = new CancellationTokenSource();
        var singles = SendSinglesAsync(installation, over.Token);
        var samples = await WatchAsync(installation, request, start);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var (cpuSeconds, databaseWork) = ((installation.CpuTime - cpu).TotalSeconds, await installation.Store.WorkAsync() - work);
        await over.CancelAsync();
        return new BroadcastResult(
            installation.Store.Name,
            nodes,
            options.Registrations,
            seconds,
            cpuSeconds,
            installation.Servers.Max(server => server.PeakMegabytes),
            databaseWork,
            await singles,
            samples
        );
    }

    private async Task<IReadOnlyList<Sample>> WatchAsync(Installation installation, string request, long start)
    {
        var samples = new List<Sample>();
        for (var done = false; !done;)
        {
            await Task.Delay(Glance, TimeProvider.System);
            var answer = await installation.ProgressAsync(request);
            done = answer.GetProperty("pending").GetInt32() == 0;
            samples.Add(
                new Sample(
                    Stopwatch.GetElapsedTime(start).TotalSeconds,
                    answer.GetProperty("successful_sends").GetInt32(),
                    installation.Servers.Max(server => server.ResidentMegabytes)
                )
            );
            if (samples.Count % 20 == 0)
            {
                await progress.WriteLineAsync($"{samples[^1].Seconds,6:F0} s  {samples[^1].Accepted,10:N0} accepted  {samples[^1].Megabytes,4} MB");
            }
        }

        return samples;
    }

    private static async Task<SingleSends> SendSinglesAsync(Installation installation, CancellationToken over)
    {
        var (milliseconds, late) = (new List<double>(), 0);
        while (!over.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            late += await installation.SendToOneAsync(milliseconds.Count + 1) ? 0 : 1;
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(BetweenSingleSends, TimeProvider.System, CancellationToken.None);
        }

        return new SingleSends(milliseconds, late);
    }
}
