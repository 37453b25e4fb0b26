using Microsoft.Data.Sqlite;

namespace Pushbell.Bench.Server;

internal sealed class SqliteStore : Store
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pushbell-bench-");

    public override string Name => "SQLite";

    public override string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "pushbell.db")}";

    public override Task<Work?> WorkAsync() => Task.FromResult<Work?>(null);

    public override async Task FillAsync(int registrations)
    {
        await using var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA synchronous=OFF");
        await using (var transaction = connection.BeginTransaction())
        {
            Insert(connection, transaction, registrations);
            await transaction.CommitAsync();
        }

        await ExecuteAsync(connection, $"UPDATE service SET active_registrations = {registrations}; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, int count)
    {
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            SELECT organization_id, service_id, $id, 0, $endpoint, $endpoint, $p256dh, $auth, id, 0 FROM vapid_key WHERE is_current = 1
            """;
        var (id, endpoint, p256dh, auth) = (Parameter(insert, "$id"), Parameter(insert, "$endpoint"), Parameter(insert, "$p256dh"), Parameter(insert, "$auth"));
        foreach (var person in Population.Of(count))
        {
            (id.Value, endpoint.Value, p256dh.Value, auth.Value) = (person.Id, person.Endpoint, person.P256dh, person.Auth);
            insert.ExecuteNonQuery();
        }
    }

    private static SqliteParameter Parameter(SqliteCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
