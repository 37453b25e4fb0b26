using Dapper;
using Npgsql;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>The PostgreSQL database that an installation moves into.</summary>
internal sealed class TargetServer : IAsyncDisposable
{
    private const string Encoding = "UTF8";
    private readonly NpgsqlConnection connection;
    private readonly Dictionary<string, string[]> types = new(StringComparer.Ordinal);

    private TargetServer(NpgsqlConnection connection) => (this.connection, Log) = (connection, new MoveLog(connection));

    public MoveLog Log { get; }

    /// <summary>Only looks.</summary>
    /// <exception cref="UnusableDatabaseException">Nothing can move in here.</exception>
    /// <exception cref="NpgsqlException">It cannot be reached.</exception>
    public static async Task<TargetServer> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var server = new TargetServer(new NpgsqlConnection(Parse(connectionString).ToString()));
        try
        {
            await server.connection.OpenAsync(cancellationToken);
            await server.RequireRoomAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="UnusableDatabaseException">It is not.</exception>
    public static void RequireEmpty(bool isEmpty)
    {
        if (!isEmpty)
        {
            throw new UnusableDatabaseException("The target is not empty: it holds an installation already. Name a new, empty database.");
        }
    }

    /// <summary>Copies a page and notes it, in one transaction.</summary>
    public async Task CopyAsync(MovedTable table, IReadOnlyList<object?[]> page, long rows, CancellationToken cancellationToken)
    {
        var columns = await TypesAsync(table);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Log.NoteAsync(table, page, rows);
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var row in page)
            {
                await copy.StartRowAsync(cancellationToken);
                for (var at = 0; at < row.Length; at++)
                {
                    await copy.WriteAsync(row[at] ?? DBNull.Value, columns[at], cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

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

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        const string Wanted = "An installation moves into PostgreSQL: give 'Host=<server>;Database=<name>;Username=<user>;Password=<password>'.";
        try
        {
            // Reading a large table twice takes its time.
            var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
            return own.Host is null ? throw new UnusableDatabaseException(Wanted) : own;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new UnusableDatabaseException($"{Wanted} {exception.Message}", exception);
        }
    }

    /// <summary>It is empty, or a move into it was begun.</summary>
    private async Task RequireRoomAsync()
    {
        var encoding = await connection.ExecuteScalarAsync<string>("SHOW server_encoding");
        if (encoding != Encoding)
        {
            throw new UnusableDatabaseException(
                $"The target's encoding is {encoding}, which cannot hold every text. Create it anew: createdb --encoding {Encoding} --template template0 <name>"
            );
        }

        if (await Log.IsBegunAsync())
        {
            return;
        }

        if (await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('schema_version') IS NOT NULL AND to_regclass('organization') IS NOT NULL"))
        {
            RequireEmpty(!await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM organization)"));
        }
        else if (
            await connection.ExecuteScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_version')"
            )
        )
        {
            throw new UnusableDatabaseException("The target is not empty: it holds tables of something else. Name a new, empty database.");
        }
    }

    /// <summary>SQLite has one kind of integer, PostgreSQL several: a value must be written as its column's.</summary>
    private async Task<string[]> TypesAsync(MovedTable table)
    {
        if (!types.TryGetValue(table.Name, out var known))
        {
            var all = await connection.QueryAsync<(string Column, string Type)>(
                "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(@Name) AND attnum > 0 AND NOT attisdropped",
                new { table.Name }
            );
            var byColumn = all.ToDictionary(pair => pair.Column, pair => pair.Type, StringComparer.Ordinal);
            types[table.Name] = known = [.. table.Columns.Select(column => byColumn[column])];
        }

        return known;
    }
}
