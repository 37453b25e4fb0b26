using System.Security.Cryptography;

namespace Pushbell.KillHarness.Tests;

public sealed class CampaignTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(4)]
    [InlineData(null)]
    public async Task Run_OfTheServer_KeepsEveryPromise(int? fixedSeed)
    {
        var seed = fixedSeed ?? RandomNumberGenerator.GetInt32(1_000_000);
        var report = await RunAsync(new Options(Cycles: 4, CyclesPerRun: 4, Registrations: 400, seed, Broken: false));

        report.Violations.ShouldBeEmpty();
        report.Kills.ShouldBePositive();
        report.Accepted.ShouldBePositive();
    }

    [Fact]
    public async Task Run_OfAServerThatAcknowledgesBeforeSending_FindsLostMessages()
    {
        var report = await RunAsync(new Options(Cycles: 3, CyclesPerRun: 3, Registrations: 400, Seed: 2, Broken: true));

        report.Lost.ShouldBePositive();
    }

    private async Task<Reports.Report> RunAsync(Options options)
    {
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
