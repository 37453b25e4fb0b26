using System.Text.Json;

namespace Pushbell.Bench.Contest;

public static class Report
{
    /// <summary>A table of everybody against <paramref name="measure"/>, and the same as JSON where a file is named.</summary>
    public static async Task WriteAsync(TextWriter output, string title, IReadOnlyList<Result> results, Result measure, string? jsonFile)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"| {title} | messages per CPU-second | µs each | per second | managed bytes each | ratio to {measure.Name} |");
        await output.WriteLineAsync("|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            await output.WriteLineAsync(
                $"| {result.Name} | {result.PerCpuSecond:N0} | {1e6 / result.PerCpuSecond:F1} | {result.PerSecond:N0} | {result.AllocatedPerMessage?.ToString("N0") ?? "–"} | {result.Against(measure):F3} |"
            );
        }

        if (jsonFile is not null)
        {
            await using var stream = File.Create(jsonFile);
            await JsonSerializer.SerializeAsync(stream, results);
        }
    }
}
