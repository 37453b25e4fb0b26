using System.Diagnostics;
using Npgsql;
using Pushbell.Testing.Postgres;

namespace Pushbell.Dispatch.Tests.Postgres;

/// <summary>The server that the tests bring: it loses nothing that it was told to keep, and leaves nothing behind.</summary>
public sealed class PrivatePostgresTests : IAsyncLifetime
{
    private PrivatePostgres server = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        server = await PrivatePostgres.StartAsync(("fsync", "on"), ("synchronous_commit", "on"));
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Start_SettingsGiven_StandAboveItsOwn()
    {
        (await ValueAsync(server.ConnectionString, "SHOW fsync")).ShouldBe("on");
        (await ValueAsync(server.ConnectionString, "SHOW full_page_writes")).ShouldBe("off");
        (await ValueAsync(server.ConnectionString, "SHOW server_encoding")).ShouldBe("UTF8");
    }

    [Fact]
    public async Task RestartImmediate_AfterACommit_HasIt_AtTheSamePort()
    {
        var database = server.ConnectionStringOf(await server.CreateDatabaseAsync());
        await ValueAsync(database, "CREATE TABLE kept AS SELECT 42 AS answer");

        await server.RestartImmediateAsync();

        NpgsqlConnection.ClearAllPools();
        (await ValueAsync(database, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Stop_UntilItIsStartedAgain_RefusesEveryone()
    {
        var name = await server.CreateDatabaseAsync();

        await server.StopAsync();
        await Should.ThrowAsync<NpgsqlException>(() => ValueAsync(server.ConnectionString, "SELECT 1"));
        await server.StartAgainAsync();

        (await ValueAsync(server.ConnectionStringOf(name), "SELECT 1")).ShouldBe(1);
        await server.DropDatabaseAsync(name);
        await Should.ThrowAsync<PostgresException>(() => ValueAsync(server.ConnectionStringOf(name), "SELECT 1"));
    }

    [Fact]
    public async Task CreateDatabase_FromATemplate_HasItsRows_ForEachAlone()
    {
        var template = await server.CreateDatabaseAsync();
        await ValueAsync(server.ConnectionStringOf(template), "CREATE TABLE counted AS SELECT 1 AS number");

        var copies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.CreateDatabaseAsync(template)));

        await ValueAsync(server.ConnectionStringOf(copies[0]), "UPDATE counted SET number = 2");
        (await ValueAsync(server.ConnectionStringOf(copies[4]), "SELECT number FROM counted")).ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_EndsTheServer_AndRemovesItsFolder()
    {
        var process = int.Parse((await File.ReadAllLinesAsync(Path.Combine(server.DataFolder, "postmaster.pid")))[0]);
        Process.GetProcessById(process).HasExited.ShouldBeFalse();

        await server.DisposeAsync();

        Directory.Exists(Path.GetDirectoryName(server.DataFolder)).ShouldBeFalse();
        await Should.ThrowAsync<NpgsqlException>(() => ValueAsync(server.ConnectionString, "SELECT 1"));
    }

    private static async Task<object?> ValueAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
