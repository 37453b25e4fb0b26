namespace Pushbell.KillHarness;

/// <summary>What to do.</summary>
/// <param name="Cycles">Faults to inflict in all.</param>
/// <param name="CyclesPerRun">Faults that one installation lives through before its books are checked.</param>
/// <param name="Registrations">Devices of each installation.</param>
/// <param name="Seed">Decides everything that is random but the timing of processes; run n has the seed plus n.</param>
/// <param name="Broken">The server acknowledges before it sends; the harness must notice.</param>
internal sealed record Options(int Cycles, int CyclesPerRun, int Registrations, int Seed, bool Broken)
{
    /// <summary>The command line that goes through one run again.</summary>
    public string ReplayOf(int seed, int cycles) =>
        $"dotnet run --project tests/KillHarness -c Release -- --cycles {cycles} --cycles-per-run {cycles} --registrations {Registrations} --seed {seed}"
        + (Broken ? $" --broken {CommandLine.AcknowledgeBeforeSending}" : "");
}
