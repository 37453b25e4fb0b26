using System.Diagnostics;

namespace Pushbell.Bench.Server;

/// <summary>From the start of the process to its first answer to a request with a key, on a database that is there already.</summary>
internal sealed class StartTime(Options options, TextWriter progress)
{
    private const int Starts = 11;

    /// <returns>Seconds, one for each start.</returns>
    public async Task<IReadOnlyList<double>> RunAsync()
    {
        await using var installation = await Installation.StartAsync(options, options.Nodes[0], registrations: 10_000, progress);
        var seconds = new List<double>();
        for (var round = 0; round < Starts; round++)
        {
            await installation.Front.StopAsync();
            var start = Stopwatch.GetTimestamp();
            await installation.Front.StartAsync("/v2/push/quota");
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return seconds;
    }
}
