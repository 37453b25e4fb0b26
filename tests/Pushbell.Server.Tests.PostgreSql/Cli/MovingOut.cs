using System.Diagnostics;
using Dapper;
using Pushbell.LocalPushService;
using Pushbell.Server.Tests.Faults;
using Pushbell.Testing;
using Pushbell.Testing.Sqlite;

namespace Pushbell.Server.Tests.Cli;

/// <summary>An installation in a file, an empty PostgreSQL database, and the real executable between.</summary>
internal sealed class MovingOut : IAsyncDisposable
{
    private MovingOut(SqliteTestDatabase old, TestDatabase target, LocalPushServer pushService) =>
        (Old, Target, PushService, Terminal) = (old, target, pushService, new Terminal(old, TimeProvider.System));

    public SqliteTestDatabase Old { get; }

    public TestDatabase Target { get; }

    public LocalPushServer PushService { get; }

    /// <summary>Where the old installation is configured.</summary>
    public Terminal Terminal { get; }

    public static async Task<MovingOut> CreateAsync()
    {
        // First, for it skips the test where there is no PostgreSQL.
        var target = await TestDatabase.CreateEmptyAsync();
        return new MovingOut(new SqliteTestDatabase(), target, await FaultyServers.StartPushServiceAsync());
    }

    public Task<ServerProcess> StartOldAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(Old.Folder, PushService, settings);

    /// <summary>On the new database, with the old installation's master key.</summary>
    public Task<ServerProcess> StartNewAsync() => ServerProcess.StartAsync(Old.Folder, PushService, NewSettings);

    public Task<Ended> MoveAsync(params string[] more) => Terminal.RunExecutableAsync(["move", "--to", Target.ConnectionString, .. more]);

    /// <summary>The move as a process that somebody may end.</summary>
    public Process StartMove() => Terminal.Start("move", "--to", Target.ConnectionString);

    /// <returns>How many registrations are over; none while the target has no tables yet.</returns>
    public async Task<long> RegistrationsOverAsync()
    {
        await using var connection = await Target.ConnectAsync();
        return await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('move_progress') IS NOT NULL")
            ? await connection.ExecuteScalarAsync<long>("SELECT coalesce(max(rows), 0) FROM move_progress WHERE table_name = 'registration'")
            : 0;
    }

    /// <summary>A command on the new database.</summary>
    public async Task<string> AskNewAsync(params string[] line)
    {
        var environment = NewSettings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);
        await using var program = new ChildProgram(Old.Folder, environment, Path.Combine(AppContext.BaseDirectory, "pushbell"), line);
        return await program.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await PushService.DisposeAsync();
        await Target.DisposeAsync();
        await Old.DisposeAsync();
    }

    private (string Name, string Value)[] NewSettings =>
        [
            ("ConnectionStrings__Pushbell", Target.ConnectionString),
            ("Pushbell__MasterKey", File.ReadAllText(Path.Combine(Old.Folder, "master.key")).Trim()),
        ];
}
