namespace Pushbell.Bench.Server;

/// <summary>What a message takes as the installation grows: the first so many messages of a broadcast to all, which is then recalled.</summary>
internal sealed class Growth(Options options, TextWriter progress)
{
    private const int Messages = 40_000, Rounds = 3;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<GrowthResult>> RunAsync()
    {
        var (small, large) = (options.Sizes[0], options.Sizes[^1]);
        await using var smaller = await Installation.StartAsync(options, options.Nodes[0], small, progress);
        await using var larger = await Installation.StartAsync(options, options.Nodes[0], large, progress);
        var results = new List<GrowthResult> { new(small, []), new(large, []) };
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (installation, result) in new[] { smaller, larger }.Zip(results))
            {
                var microseconds = await MeasureAsync(installation);
                await progress.WriteLineAsync($"round {round}  {result.Registrations,10:N0} registrations  {microseconds:F0} CPU-µs a message");
                if (round > 0)
                {
                    result.Microseconds.Add(microseconds);
                }
            }
        }

        return results;
    }

    private static async Task<double> MeasureAsync(Installation installation)
    {
        var (cpu, sunk) = (installation.CpuTime, installation.Sink.Counters.SinkPosts);
        var request = await installation.BroadcastAsync();
        while (installation.Sink.Counters.SinkPosts - sunk < Messages)
        {
            await Task.Delay(Glance, TimeProvider.System);
        }

        var done = installation.Sink.Counters.SinkPosts - sunk;
        var used = installation.CpuTime - cpu;
        using var recalled = await installation.Front.Http.DeleteAsync(new Uri($"/v2/push/requests/{request}", UriKind.Relative));
        recalled.EnsureSuccessStatusCode();
        while ((await installation.ProgressAsync(request)).GetProperty("pending").GetInt32() > 0)
        {
            await Task.Delay(Glance, TimeProvider.System);
        }

        return used.TotalSeconds / done * 1e6;
    }
}
