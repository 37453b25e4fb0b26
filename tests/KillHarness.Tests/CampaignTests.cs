using System.Security.Cryptography;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Reports;
using Pushbell.Testing;
using Pushbell.Testing.Postgres;

namespace Pushbell.KillHarness.Tests;

public sealed class CampaignTests(ITestOutputHelper output)
{
    // As many as there are kinds of faults: a run begins with each of them once.
    private const int SqliteCycles = 4, PostgresCycles = 6;

    [Theory]
    [InlineData(Engine.Sqlite, 4)]
    [InlineData(Engine.Sqlite, null)]
    [InlineData(Engine.PostgreSql, null)]
    public async Task Run_OfTheServer_KeepsEveryPromise(Engine engine, int? fixedSeed)
    {
        var report = await RunAsync(OptionsFor(engine, fixedSeed ?? RandomNumberGenerator.GetInt32(1_000_000)));

        report.Violations.ShouldBeEmpty();
        report.Kills.ShouldBePositive();
        report.Stalls.ShouldBePositive();
        report.Outages.ShouldBePositive();
        report.Accepted.ShouldBePositive();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Run_OfAServerThatAcknowledgesBeforeSending_FindsLostMessages(Engine engine)
    {
        var report = await RunAsync(OptionsFor(engine, seed: 2) with { Broken = true });

        report.Lost.ShouldBePositive();
    }

    [Fact]
    public async Task Run_WithOutagesWithinTheLease_SendsNothingTwice()
    {
        var options = OptionsFor(Engine.PostgreSql, seed: 3) with { Cycles = 2, CyclesPerRun = 2, LeaseSeconds = 20, Only = FaultKind.Outage };

        var report = await RunAsync(options);

        report.Violations.ShouldBeEmpty();
        report.Outages.ShouldBe(2);
        report.ExtraCopies.ShouldBe(report.AmbiguousCopies);
    }

    private static Options OptionsFor(Engine engine, int seed)
    {
        var cycles = engine == Engine.PostgreSql ? PostgresCycles : SqliteCycles;
        return new Options(cycles, cycles, Registrations: 400, seed) { Engine = engine, LeaseSeconds = engine == Engine.PostgreSql ? 6 : 1 };
    }

    private async Task<Report> RunAsync(Options options)
    {
        Assert.SkipWhen(options.Engine == Engine.PostgreSql && PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        await using var log = new StringWriter();
        try
        {
            return await new Campaign(options, log).RunAsync();
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }
}
