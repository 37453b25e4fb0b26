using System.Text.Json;
using Dapper;
using Npgsql;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>The PostgreSQL database that an installation moves into.</summary>
internal sealed class TargetServer(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Stands in the target until everything is over and compared.</summary>
    private const string Progress = "move_progress";

    public static async Task<TargetServer> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Reading a large table twice takes its time.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        var connection = new NpgsqlConnection(own.ToString());
        await connection.OpenAsync(cancellationToken);
        return new TargetServer(connection);
    }

    /// <summary>Whether a move into this database was begun and not finished.</summary>
    public static Task<bool> IsBegunAsync(Session session) => session.FirstAsync<bool>($"SELECT to_regclass('{Progress}') IS NOT NULL");

    /// <returns>What the move that was begun here came from; null when none was.</returns>
    public async Task<string?> BegunFromAsync() =>
        await connection.ExecuteScalarAsync<bool>($"SELECT to_regclass('{Progress}') IS NOT NULL")
            ? await connection.ExecuteScalarAsync<string>($"SELECT last_key FROM {Progress} WHERE table_name = ''")
            : null;

    public Task<bool> IsEmptyAsync() => connection.ExecuteScalarAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM organization)");

    /// <summary>The row without a table's name tells the source.</summary>
    public Task BeginAsync(string source) =>
        connection.ExecuteAsync(
            $"""
            BEGIN;
            CREATE TABLE {Progress} (table_name TEXT NOT NULL PRIMARY KEY, last_key TEXT NOT NULL, rows BIGINT NOT NULL);
            INSERT INTO {Progress} VALUES ('', @source, 0);
            COMMIT
            """,
            new { source }
        );

    public Task EndAsync() => connection.ExecuteAsync($"DROP TABLE {Progress}; ANALYZE");

    /// <returns>How far a table has come: the last key that is over, and how many rows.</returns>
    public async Task<(IReadOnlyList<object>? After, long Rows)> ProgressAsync(MovedTable table)
    {
        var (key, rows) = await connection.QueryFirstOrDefaultAsync<(string?, long)>(
            $"SELECT last_key, rows FROM {Progress} WHERE table_name = @Name",
            new { table.Name }
        );
        return (key is null ? null : [.. JsonSerializer.Deserialize<JsonElement[]>(key)!.Select(ValueOf)], rows);
    }

    /// <summary>Copies a page and notes it, in one transaction.</summary>
    public async Task CopyAsync(MovedTable table, IReadOnlyList<object?[]> page, long rows, CancellationToken cancellationToken)
    {
        var types = await TypesAsync(table);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var row in page)
            {
                await copy.StartRowAsync(cancellationToken);
                for (var at = 0; at < row.Length; at++)
                {
                    await copy.WriteAsync(row[at] ?? DBNull.Value, types[at], cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync(
            $"INSERT INTO {Progress} VALUES (@Name, @key, @rows) ON CONFLICT (table_name) DO UPDATE SET last_key = @key, rows = @rows",
            new
            {
                table.Name,
                key = JsonSerializer.Serialize(table.KeyOf(page[^1])),
                rows,
            }
        );
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>All rows in the order of the source's keys: bytes of text compare like SQLite's, since key columns have the collation "C".</summary>
    public async IAsyncEnumerable<object?[]> RowsAsync(MovedTable table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {table.ColumnList} FROM {table.Name} ORDER BY {table.KeyList}";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object?[table.Columns.Count];
            for (var at = 0; at < row.Length; at++)
            {
                row[at] = await reader.IsDBNullAsync(at) ? null : reader.GetValue(at);
            }

            yield return row;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>SQLite has one kind of integer, PostgreSQL several: a value must be written as its column's.</summary>
    private async Task<string[]> TypesAsync(MovedTable table)
    {
        var types = (
            await connection.QueryAsync<(string Column, string Type)>(
                "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(@Name) AND attnum > 0 AND NOT attisdropped",
                new { table.Name }
            )
        ).ToDictionary(pair => pair.Column, pair => pair.Type, StringComparer.Ordinal);
        return [.. table.Columns.Select(column => types[column])];
    }

    private static object ValueOf(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : element.GetString()!;
}
