using System.Collections.Concurrent;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Tests;

/// <summary>What the seeds find, and that they would find something.</summary>
public sealed class SimulationTests
{
    private static readonly Template Template = Template.Create();

    [Fact]
    public void Run_FiveHundredSeeds_BreaksNoPromise()
    {
        var broken = new ConcurrentBag<string>();

        Parallel.ForEach(
            Enumerable.Range(1, 500),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            seed =>
            {
                foreach (var violation in Simulation.Run(Template, seed).Violations)
                {
                    broken.Add($"seed {seed}: {violation.Rule}: {violation.Text}");
                }
            }
        );

        broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lost-fence", "fencing")]
    [InlineData("double-return", "credits")]
    [InlineData("cursor-before-insert", "cursor complete")]
    public void Run_PlantedFault_IsFound(string plant, string rule)
    {
        const int Within = 200;
        Options.TryParse(["--plant", plant], out var options, out _).ShouldBeTrue();

        var found = Enumerable.Range(1, Within).Select(seed => Simulation.Run(Template, seed, options.Plant)).FirstOrDefault(run => run.Violations.Count > 0);

        found.ShouldNotBeNull($"{Within} seeds did not find it");
        found.PlantedOccasions.ShouldBeGreaterThan(0);
        found.Violations.Select(violation => violation.Rule).ShouldContain(rule);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(21)]
    public void Run_SameSeedAgain_IsTheSameExecution(int seed)
    {
        var first = Simulation.Run(Template, seed, keepTrace: true);
        var second = Simulation.Run(Template, seed, keepTrace: true);

        first.Trace.Count.ShouldBeGreaterThan(10);
        second.Trace.ShouldBe(first.Trace);
        second.Steps.ShouldBe(first.Steps);
        second.Hash.ShouldBe(first.Hash);
    }

    [Fact]
    public void Run_WithoutTrace_IsTheSameExecution() => Simulation.Run(Template, seed: 5).Hash.ShouldBe(Simulation.Run(Template, seed: 5, keepTrace: true).Hash);

    [Fact]
    public void Run_OtherSeed_IsAnotherExecution() => Simulation.Run(Template, seed: 6).Hash.ShouldNotBe(Simulation.Run(Template, seed: 7).Hash);
}
