using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Nodes;
using Pushbell.Testing;

namespace Pushbell.KillHarness.Tests;

public sealed class ClusterTests
{
    // Serves and ends, the first time; from then on it stays.
    private static readonly NodeProgram EndsOnce = new("/bin/sh", "-c", "echo 'Pushbell listens on http://127.0.0.1:9'; [ -e ended ] && exec sleep 60; touch ended");

    // Ends before it serves, as one whose database is away, the first time.
    private static readonly NodeProgram StartsLate = new("/bin/sh", "-c", "[ -e ended ] || { touch ended; exit 1; }; echo 'Pushbell listens on http://127.0.0.1:9'; exec sleep 60");

    [Fact]
    public async Task Ready_NodeThatServedHasEnded_IsAnOffence_AndItIsStartedAgain()
    {
        await using var installation = await InstallationOf(EndsOnce);
        await using var cluster = new Cluster(installation, ["all"]);

        await Eventually.HoldsAsync(async () => (await cluster.ReadyAsync()).Count == 1 && cluster.Violations.Count == 1);

        cluster.Violations[0].Invariant.ShouldBe(Invariants.Survival);
    }

    [Fact]
    public async Task Ready_NodeThatDidNotGetToServe_IsStartedAgain()
    {
        await using var installation = await InstallationOf(StartsLate);
        await using var cluster = new Cluster(installation, ["all"]);

        (await cluster.ReadyAsync()).ShouldBe([new Uri("http://127.0.0.1:9")]);

        cluster.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ready_RolesDivided_GivesThoseThatAnswerCallers()
    {
        await using var installation = await InstallationOf(StartsLate);
        await using var cluster = new Cluster(installation, Cluster.Roles(3, divided: true));

        (await cluster.ReadyAsync()).Count.ShouldBe(2);
    }

    private static Task<Installation> InstallationOf(NodeProgram program) =>
        Installation.StartAsync(program, new Options(Cycles: 1, CyclesPerRun: 1, Registrations: 1, Seed: 1), pushServices: []);
}
