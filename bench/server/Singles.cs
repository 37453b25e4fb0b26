using System.Diagnostics;

namespace Pushbell.Bench.Server;

/// <summary>Sends to one device each through the API, as many callers at a time as <see cref="Options.Callers"/>; each is answered after its delivery.</summary>
internal sealed class Singles(Options options, TextWriter progress)
{
    private const int Devices = 10_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private int next;

    public async Task<SinglesResult> RunAsync()
    {
        await using var installation = await Installation.StartAsync(options, options.Nodes[0], Devices, progress);
        await SendAllAsync(installation, WarmUp);
        await progress.WriteLineAsync("warm");
        var (cpu, own, start) = (installation.CpuTime, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var sends = await SendAllAsync(installation, options.Duration);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new SinglesResult(
            installation.Store.Name,
            options.Callers,
            sends.Milliseconds.Count / seconds,
            (installation.CpuTime - cpu).TotalSeconds / sends.Milliseconds.Count * 1e6,
            (Environment.CpuUsage.TotalTime - own).TotalSeconds / sends.Milliseconds.Count * 1e6,
            sends
        );
    }

    private async Task<SingleSends> SendAllAsync(Installation installation, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, options.Callers).Select(_ => SendUntilAsync(installation, end)));
        return new SingleSends([.. all.SelectMany(static sends => sends.Milliseconds)], all.Sum(static sends => sends.Late));
    }

    private async Task<SingleSends> SendUntilAsync(Installation installation, long end)
    {
        var (milliseconds, late) = (new List<double>(), 0);
        while (Stopwatch.GetTimestamp() is var start && start < end)
        {
            late += await installation.SendToOneAsync((Interlocked.Increment(ref next) % Devices) + 1) ? 0 : 1;
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new SingleSends(milliseconds, late);
    }
}
