using System.Globalization;
using Npgsql;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing.Postgres;

namespace Pushbell.Dispatch.Tests.Postgres;

/// <summary>The answer to a commit is lost: the caller learns all the same whether it was kept.</summary>
public sealed class LostCommitTests : IAsyncLifetime
{
    private PrivatePostgres server = null!;
    private string direct = null!;
    private CommitCutter cutter = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        // Nothing is written to the log before somebody commits, so that a crash leaves nothing of a transaction under way, not even its id.
        server = await PrivatePostgres.StartAsync(("fsync", "on"), ("synchronous_commit", "on"), ("wal_writer_delay", "10s"));
        direct = $"{server.ConnectionStringOf(await server.CreateDatabaseAsync())};Pooling=False";
        cutter = new CommitCutter(server.Port);
        database = await Database.OpenAsync(cutter.Through(direct), TimeProvider.System, CancellationToken.None);
        await database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE note (writer TEXT NOT NULL)"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await database.DisposeAsync();
            await cutter.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task WriteAsync_CommitLostInACrashAndItsIdGivenToAnother_RunsAgain()
    {
        var (id, runs) = (0UL, 0);
        cutter.AtNextCommit(async () =>
        {
            await server.RestartImmediateAsync();
            while (await WriteAsync("another") < id) { }
        });

        await database.WriteAsync(
            async session =>
            {
                runs++;
                id = await CurrentIdAsync(session);
                await session.ExecuteAsync("INSERT INTO note VALUES ('this one')");
            },
            CancellationToken.None
        );

        (await NotesAsync("this one")).ShouldBe(1);
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task WriteAsync_CommitLostInACrashAndItsIdFree_RunsAgain()
    {
        cutter.AtNextCommit(server.RestartImmediateAsync);

        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO note VALUES ('this one')"), CancellationToken.None);

        (await NotesAsync("this one")).ShouldBe(1);
    }

    private static async Task<ulong> CurrentIdAsync(Session session) =>
        ulong.Parse((await session.FirstAsync<string>("SELECT pg_current_xact_id()::text"))!, CultureInfo.InvariantCulture);

    /// <returns>The id of the transaction.</returns>
    private async Task<ulong> WriteAsync(string writer) =>
        ulong.Parse((string)(await ValueAsync($"INSERT INTO note VALUES ('{writer}') RETURNING pg_current_xact_id()::text"))!, CultureInfo.InvariantCulture);

    private async Task<long> NotesAsync(string writer) => (long)(await ValueAsync($"SELECT count(*) FROM note WHERE writer = '{writer}'"))!;

    private async Task<object?> ValueAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(direct);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
