using System.Net;
using Dapper;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>The command as an operator sees it, by the real executable.</summary>
public sealed class MoveCommandTests : IAsyncLifetime
{
    private const string Unfinished = "An installation is being moved into this database. Start 'pushbell move' again to finish it, then the server.";
    private MovingOut house = null!;

    public async ValueTask InitializeAsync()
    {
        house = await MovingOut.CreateAsync();
        (await house.Terminal.RunExecutableAsync("organization", "create", "--name", "Ada")).ExitCode.ShouldBe(0);
    }

    public ValueTask DisposeAsync() => house?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Move_OfASmallInstallation_SaysWhatWentOverAndWhatToDoNext()
    {
        var ended = await house.MoveAsync();

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(
                [
                    "copied organization: 1 of 1 (100 %)",
                    "copied audit_entry: 1 of 1 (100 %)",
                    "compared organization: 1 of 1 (100 %)",
                    "compared audit_entry: 1 of 1 (100 %)",
                ],
                "nothing is said of empty tables"
            );
        ended.Output.ShouldMatch(@"(?m)^organization +1 +[0-9a-f]{16}…\r?$");
        ended.Output.ShouldContain("both sides are equal");
        ended.Output.ShouldContain("ConnectionStrings__Pushbell");
        ended.Output.ShouldContain("master.key");
        (await house.MoveAsync()).ShouldFail(1, "The target is not empty: it holds an installation already.");
    }

    [Fact]
    public async Task Move_Refused_IsOneSentenceAndExits1()
    {
        var ended = await house.Terminal.RunExecutableAsync("move", "--to", "Host=127.0.0.1;Port=1");

        ended.ShouldFail(1, "The target failed: Failed to connect to 127.0.0.1:1.");
        ended.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Move_BesideARunningServer_IsRefused()
    {
        await using var server = await house.StartOldAsync();

        (await house.MoveAsync()).ShouldFail(1, $"{house.Old.File} is in use. Stop the server first; it stays stopped until the move is through.");

        using var ready = await server.Http.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await house.Target.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Move_WithoutATarget_IsAUsageError() => (await house.Terminal.RunAsync("move")).ShouldFail(2, "--to");

    [Fact]
    public async Task Move_AskedForHelp_NamesTheTarget()
    {
        var ended = await house.Terminal.RunAsync("move", "--help");

        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain("--to <connection string>");
        ended.Output.ShouldContain("Stop the server first.");
    }

    [Fact]
    public async Task Move_KilledAgainAndAgain_IsThroughInTheEnd()
    {
        const int count = 60_000;
        await AddRegistrationsAsync(count);
        var random = new Random(7);
        for (var kill = 0; kill < 4; kill++)
        {
            var enough = await house.RegistrationsOverAsync() + random.Next(1, count / 6);
            using var move = house.StartMove();
            await Eventually.HoldsAsync(async () => await house.RegistrationsOverAsync() >= enough || move.HasExited);
            move.HasExited.ShouldBeFalse();
            move.Kill();
            await move.WaitForExitAsync();
        }

        await using (var server = await house.StartNewAsync())
        {
            await server.EndedAsync();
            (server.ExitCode, server.Errors.Trim()).ShouldBe((1, Unfinished));
        }

        var ended = await house.MoveAsync();

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Error.Split('\n').Count(line => line.StartsWith("copied registration", StringComparison.Ordinal)).ShouldBeInRange(1, 10);
        ended.Error.Split('\n').Count(line => line.StartsWith("compared registration", StringComparison.Ordinal)).ShouldBe(11, "0 to 100 in tenths");
        (await RegistrationsAsync(house.Target)).ShouldBe(await RegistrationsAsync(house.Old));
    }

    [Fact]
    public async Task Move_StoppedByCtrlC_SaysHowToGoOn()
    {
        await AddRegistrationsAsync(60_000);
        using var move = house.StartMove();
        await Eventually.HoldsAsync(async () => await house.RegistrationsOverAsync() > 0 || move.HasExited);
        Ended ended;
        await using (var other = await house.Target.ConnectAsync())
        {
            // It waits here, or it might be through before it hears of the signal.
            await other.ExecuteAsync("BEGIN; LOCK TABLE registration IN EXCLUSIVE MODE");
            ended = await Terminal.InterruptAsync(move);
        }

        ended.ExitCode.ShouldBe(1, ended.Error);
        ended.Error.TrimEnd().ShouldEndWith("Stopped. Start the command again to do what is left.");
        (await house.MoveAsync()).ExitCode.ShouldBe(0);
        (await RegistrationsAsync(house.Target)).ShouldBe(await RegistrationsAsync(house.Old));
    }

    private async Task AddRegistrationsAsync(int count)
    {
        await using var connection = await house.Old.ConnectAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO service (organization_id, id, identifier, name, contact_email, created_at) SELECT id, 5, 'app', 'App', '', 0 FROM organization;
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
            SELECT o.id, 5, 10000000 + i, 0, 'https://push.example.com/' || i, 'hash-' || i, randomblob(65), randomblob(16), 1, i FROM n, organization o
            """,
            new { count }
        );
    }

    private static async Task<string> RegistrationsAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        var rows = await connection.QueryAsync<(long Id, string Endpoint, byte[] Key, byte[] Auth)>("SELECT id, endpoint, p256dh, auth FROM registration ORDER BY id");
        var all = string.Join('\n', rows.Select(row => $"{row.Id} {row.Endpoint} {Convert.ToHexString(row.Key)} {Convert.ToHexString(row.Auth)}"));
        return $"{all.Count(letter => letter == '\n') + 1} rows, {all.GetHashCode(StringComparison.Ordinal)}";
    }
}
