using Pushbell.KillHarness.Nodes;
using Pushbell.KillHarness.Reports;

namespace Pushbell.KillHarness;

/// <summary>One run after the other, each on an installation of its own, until all cycles are through.</summary>
internal sealed class Campaign(Options options, TextWriter output)
{
    public async Task<Report> RunAsync()
    {
        await output.WriteLineAsync($"{options.Cycles} faults, {options.CyclesPerRun} per run, {options.Registrations} registrations, seed {options.Seed}");
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
        var program = options.Broken ? NodeProgram.AcknowledgesBeforeSending : NodeProgram.Pushbell;
        await using var run = await Run.StartAsync(program, options.Registrations, seed);
        try
        {
            var report = await run.RunAsync(cycles);
            await output.WriteLineAsync($"seed {seed}: {Table.Line(report)}");
            if (report.Violations.Count > 0)
            {
                await output.WriteLineAsync($"{Table.Of(report.Violations)}\n  again: {options.ReplayOf(seed, cycles)}\n  the server's last words:\n{run.Output}");
            }

            return report;
        }
        catch
        {
            await output.WriteLineAsync($"seed {seed} broke off.\n  again: {options.ReplayOf(seed, cycles)}\n  the server's last words:\n{run.Output}");
            throw;
        }
    }
}
