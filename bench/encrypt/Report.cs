using System.Text.Json;

namespace Pushbell.Bench.Encrypt;

internal static class Report
{
    /// <summary>Everything against the last contestant; which one that is stands in its row.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Result> results)
    {
        var last = results[^1];
        output.WriteLine();
        output.WriteLine("| encryption, 300 bytes, one thread | messages per CPU-second | µs each | managed bytes each | ratio to the last row |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var result in results)
        {
            output.WriteLine(
                $"| {result.Name} | {result.PerCpuSecond:N0} | {1e6 / result.PerCpuSecond:F1} | {result.AllocatedPerMessage:N0} | {result.Against(last):F3} |"
            );
        }
    }

    public static async Task SaveAsync(string file, IReadOnlyList<Result> results)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, results);
    }
}
