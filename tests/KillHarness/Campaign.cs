using Pushbell.KillHarness.Reports;

namespace Pushbell.KillHarness;

/// <summary>One run after the other, each on an installation of its own, until all cycles are through.</summary>
internal sealed class Campaign(Options options, TextWriter output)
{
    public async Task<Report> RunAsync()
    {
        await output.WriteLineAsync(
            $"{CommandLine.NameOf(options.Engine)}, nodes: {options.Nodes}, lease: {options.Lease.TotalSeconds} s, {options.Cycles} faults, "
                + $"{options.CyclesPerRun} per run, {options.Registrations} registrations, seed {options.Seed}"
        );
        var total = new Report();
        for (var seed = options.Seed; total.Cycles < options.Cycles; seed++)
        {
            total += await RunAsync(seed, Math.Min(options.CyclesPerRun, options.Cycles - total.Cycles));
        }

        await output.WriteLineAsync($"\n{Table.Of(total)}");
        await output.WriteLineAsync(total.Violations.Count == 0 ? "\nEvery promise was kept." : $"\n{Table.Of(total.Violations)}");
        return total;
    }

    private async Task<Report> RunAsync(int seed, int cycles)
    {
        await using var run = await Run.StartAsync(options, seed);
        try
        {
            var report = await run.RunAsync(cycles);
            await output.WriteLineAsync($"seed {seed}: {Table.Line(report)}");
            if (report.Violations.Count > 0)
            {
                await output.WriteLineAsync($"{Table.Of(report.Violations)}\n  again: {options.ReplayOf(seed, cycles)}\n  the last words of its nodes:\n{run.Output}");
            }

            return report;
        }
        catch
        {
            await output.WriteLineAsync($"seed {seed} broke off.\n  again: {options.ReplayOf(seed, cycles)}\n  the last words of its nodes:\n{run.Output}");
            throw;
        }
    }
}
