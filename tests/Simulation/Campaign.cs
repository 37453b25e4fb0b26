using Pushbell.Simulation.Store;

namespace Pushbell.Simulation;

/// <summary>Runs one seed after the other and tells what it found.</summary>
internal sealed class Campaign(Options options, TextWriter output)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private readonly Template template = Template.Create();
    private readonly Lock gate = new();
    private readonly long start = TimeProvider.System.GetTimestamp();
    private TimeSpan told;
    private int next;
    private int done;
    private int failed;
    private long deliveries;
    private long steps;

    /// <returns>0 when every promise was kept.</returns>
    public int Run()
    {
        var threads = Enumerable.Range(0, options.Parallel).Select(_ => new Thread(RunSeeds)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Tell();
        return failed == 0 ? 0 : 1;
    }

    private void RunSeeds()
    {
        while (Interlocked.Increment(ref next) - 1 is var at && at < options.Seeds)
        {
            Count(Simulation.Run(template, options.From + at, options.Plant, options.Trace));
        }
    }

    private void Count(RunResult result)
    {
        lock (gate)
        {
            done++;
            steps += result.Steps;
            deliveries += result.Deliveries;
            foreach (var line in result.Trace)
            {
                output.WriteLine(line);
            }

            if (result.Violations.Count > 0)
            {
                failed++;
                Report(result);
            }

            if (TimeProvider.System.GetElapsedTime(start) - told > Between)
            {
                told = TimeProvider.System.GetElapsedTime(start);
                Tell();
            }
        }
    }

    private void Report(RunResult result)
    {
        output.WriteLine($"seed {result.Seed} breaks a promise after {result.Steps} steps:");
        foreach (var violation in result.Violations)
        {
            output.WriteLine($"  {violation.Rule}: {violation.Text}");
        }

        output.WriteLine($"  replay: dotnet run --project tests/Simulation -c Release -- --seed {result.Seed} --trace{PlantArgument}");
    }

    private string PlantArgument =>
        options.Plant switch
        {
            PlantedFault.LostFence => " --plant lost-fence",
            PlantedFault.DoubleReturn => " --plant double-return",
            PlantedFault.CursorBeforeInsert => " --plant cursor-before-insert",
            _ => "",
        };

    private void Tell()
    {
        var time = TimeProvider.System.GetElapsedTime(start);
        // The machine may be busy with other things: the processor's own time says more than the clock.
        var processor = Environment.CpuUsage.TotalTime;
        output.WriteLine(
            $"{done} of {options.Seeds} seeds, {done / time.TotalSeconds:0.0} a second, {done / processor.TotalSeconds:0.0} a processor second; "
                + $"{steps} steps, {deliveries} deliveries; {failed} with violations"
        );
    }
}
