using System.Text.Json;

namespace Pushbell.Bench.Server;

/// <summary>The broadcast at one moment.</summary>
internal sealed record Sample(double Seconds, int Accepted, int Megabytes);

/// <summary>Sends to one device each, made while the broadcast was under way.</summary>
/// <param name="Milliseconds">From the request to its answer.</param>
/// <param name="Late">So many were answered before the push service had taken them.</param>
internal sealed record SingleSends(IReadOnlyList<double> Milliseconds, int Late)
{
    public double Median => At(0.5);

    public double At(double part) => Milliseconds.Order().ElementAt((int)(Milliseconds.Count * part));
}

internal sealed record BroadcastResult(
    int Registrations,
    double Seconds,
    double CpuSeconds,
    int PeakMegabytes,
    SingleSends Singles,
    IReadOnlyList<Sample> Samples
)
{
    /// <summary>The longest time without any progress, in seconds.</summary>
    public double LongestStandstill =>
        Samples.Zip(Samples.Skip(1)).Aggregate((Longest: 0.0, Since: 0.0), static (state, pair) =>
        {
            var since = pair.Second.Accepted > pair.First.Accepted ? pair.Second.Seconds : state.Since;
            return (Math.Max(state.Longest, pair.Second.Seconds - since), since);
        }).Longest;

    /// <summary>Everybody was reached, and progress never went back.</summary>
    public bool IsSound =>
        Samples[^1].Accepted == Registrations && Samples.Zip(Samples.Skip(1)).All(static pair => pair.Second.Accepted >= pair.First.Accepted);
}

internal static class Report
{
    public static void Write(TextWriter output, BroadcastResult result)
    {
        output.WriteLine();
        output.WriteLine("| broadcast through the whole server, SQLite | |");
        output.WriteLine("|---|---|");
        output.WriteLine($"| registrations | {result.Registrations:N0} |");
        output.WriteLine($"| seconds | {result.Seconds:F1} |");
        output.WriteLine($"| messages per second | {result.Registrations / result.Seconds:N0} |");
        output.WriteLine($"| messages per CPU-second of the server | {result.Registrations / result.CpuSeconds:N0} |");
        output.WriteLine($"| peak memory of the server | {result.PeakMegabytes} MB |");
        output.WriteLine($"| single sends meanwhile | {result.Singles.Milliseconds.Count} ({result.Singles.Late} answered before they were delivered) |");
        output.WriteLine($"| single send, median | {result.Singles.Median:F0} ms |");
        output.WriteLine($"| single send, 99th percentile | {result.Singles.At(0.99):F0} ms |");
        output.WriteLine($"| longest time without progress | {result.LongestStandstill:F1} s |");
        output.WriteLine($"| everybody reached, progress never back | {(result.IsSound ? "yes" : "NO")} |");
    }

    public static async Task SaveAsync(string file, BroadcastResult result)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, result);
    }
}
