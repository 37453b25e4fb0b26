using Pushbell.KillHarness.Faults;
using Pushbell.Testing;

namespace Pushbell.KillHarness;

/// <summary>What to do.</summary>
/// <param name="Cycles">Faults to inflict in all.</param>
/// <param name="CyclesPerRun">Faults that one installation lives through before its books are checked.</param>
/// <param name="Registrations">Devices of each installation.</param>
/// <param name="Seed">Decides everything that is random but the timing of processes; run n has the seed plus n.</param>
internal sealed record Options(int Cycles, int CyclesPerRun, int Registrations, int Seed)
{
    private const int SqliteNodes = 1, PostgresNodes = 3;

    // PostgreSQL: the product's own. With a shorter one the others cannot wait until the server has taken its locks from a node that stands still (5 s).
    private const int SqliteLeaseSeconds = 1, PostgresLeaseSeconds = 10;

    public Engine Engine { get; init; }

    /// <summary>Server processes of each installation; null for what is usual on the engine.</summary>
    public int? NodeCount { get; init; }

    /// <summary>null for what is usual on the engine.</summary>
    public int? LeaseSeconds { get; init; }

    /// <summary>No other fault than this; null for all.</summary>
    public FaultKind? Only { get; init; }

    /// <summary>The server acknowledges before it sends; the harness must notice.</summary>
    public bool Broken { get; init; }

    public int Nodes => NodeCount ?? (Engine == Engine.Sqlite ? SqliteNodes : PostgresNodes);

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds ?? (Engine == Engine.Sqlite ? SqliteLeaseSeconds : PostgresLeaseSeconds));

    /// <summary>The command line that goes through one run again.</summary>
    public string ReplayOf(int seed, int cycles) =>
        $"dotnet run --project tests/KillHarness -c Release -- --cycles {cycles} --cycles-per-run {cycles} --registrations {Registrations} --seed {seed}"
        + $" --database {CommandLine.NameOf(Engine)} --nodes {Nodes} --lease-seconds {Lease.TotalSeconds}"
        + (Only is { } kind ? $" --only {kind}" : "")
        + (Broken ? $" --broken {CommandLine.AcknowledgeBeforeSending}" : "");
}
