using System.Text.Json;
using Dapper;
using Npgsql;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>How far the move has come, kept in the target from before the first row until everything is compared.</summary>
internal sealed class MoveLog(NpgsqlConnection connection)
{
    private const string Table = "move_progress";
    private const string Exists = $"SELECT to_regclass('{Table}') IS NOT NULL";

    // Rows of all tables that were over when this process looked: whoever finds another number is not alone.
    private long total;

    /// <summary>Whether a move into this database was begun and not finished.</summary>
    public static Task<bool> IsBegunAsync(Session session) => session.FirstAsync<bool>(Exists);

    public Task<bool> IsBegunAsync() => connection.ExecuteScalarAsync<bool>(Exists);

    /// <summary>Begins, or goes on with what was begun from the same source. The row without a table's name tells the source.</summary>
    /// <exception cref="UnusableDatabaseException">It was begun from another one, or a server was quicker.</exception>
    public async Task BeginAsync(string source)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await IsBegunAsync())
        {
            // A server's first start beside us is seen here, or waits for us; what it writes then is found when the sides are compared.
            await connection.ExecuteAsync("LOCK TABLE organization IN SHARE ROW EXCLUSIVE MODE");
            TargetServer.RequireEmpty(!await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM organization)"));
            await connection.ExecuteAsync(
                $"CREATE TABLE {Table} (table_name TEXT NOT NULL PRIMARY KEY, last_key TEXT NOT NULL, rows BIGINT NOT NULL)"
            );
            await connection.ExecuteAsync($"INSERT INTO {Table} VALUES ('', @source, 0)", new { source });
        }

        // Locked: a page that a killed process was about to commit is over, or never will be.
        var (begun, rows) = await connection.QueryFirstAsync<(string, long)>($"SELECT last_key, rows FROM {Table} WHERE table_name = '' FOR UPDATE");
        if (begun != source)
        {
            throw new UnusableDatabaseException(
                "The target holds part of a move from another file, or from this one before it was changed. Drop that database, create it anew and start over."
            );
        }

        await transaction.CommitAsync();
        total = rows;
    }

    /// <returns>How far a table has come: the last key that is over, and how many rows.</returns>
    public async Task<(IReadOnlyList<object>? After, long Rows)> ReadAsync(MovedTable table)
    {
        var (key, rows) = await connection.QueryFirstOrDefaultAsync<(string?, long)>(
            $"SELECT last_key, rows FROM {Table} WHERE table_name = @Name",
            new { table.Name }
        );
        return (key is null ? null : [.. JsonSerializer.Deserialize<JsonElement[]>(key)!.Select(ValueOf)], rows);
    }

    /// <summary>Notes a page, in the transaction that copies it.</summary>
    /// <param name="table">Whose page.</param>
    /// <param name="page">Its rows.</param>
    /// <param name="rows">Of the table, with these.</param>
    /// <exception cref="UnusableDatabaseException">Another process copies too.</exception>
    public async Task NoteAsync(MovedTable table, IReadOnlyList<object?[]> page, long rows)
    {
        var counted = await connection.ExecuteAsync(
            $"UPDATE {Table} SET rows = rows + @Count WHERE table_name = '' AND rows = @total",
            new { page.Count, total }
        );
        if (counted == 0)
        {
            throw new UnusableDatabaseException("Another 'pushbell move' is at work on the target. Let it finish, or end it and start again.");
        }

        total += page.Count;
        await connection.ExecuteAsync(
            $"INSERT INTO {Table} VALUES (@Name, @key, @rows) ON CONFLICT (table_name) DO UPDATE SET last_key = @key, rows = @rows",
            new
            {
                table.Name,
                key = JsonSerializer.Serialize(table.KeyOf(page[^1])),
                rows,
            }
        );
    }

    public Task EndAsync() => connection.ExecuteAsync($"DROP TABLE {Table}; ANALYZE");

    private static object ValueOf(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : element.GetString()!;
}
