using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>A SQLite installation at rest, held so that nobody else opens it meanwhile.</summary>
internal sealed class SourceFile : IAsyncDisposable
{
    private const int Busy = 5;

    // SQLite file format, §1.3: the change counter and the number of pages.
    private const int HeaderLength = 100, CounterAt = 24, CounterLength = 8;

    private readonly SqliteConnection connection;

    private SourceFile(SqliteConnection connection, string fingerprint) => (this.connection, Fingerprint) = (connection, fingerprint);

    /// <summary>Of this installation alone, and another one after every transaction that is committed to it.</summary>
    public string Fingerprint { get; }

    /// <exception cref="UnusableDatabaseException">Something else has it open, or it is no installation.</exception>
    public static async Task<SourceFile> OpenAsync(string connectionString)
    {
        var own = Parse(connectionString);
        if (!File.Exists(own.DataSource))
        {
            throw new UnusableDatabaseException($"There is no installation to move: {Path.GetFullPath(own.DataSource)} does not exist.");
        }

        try
        {
            // Read while it is closed: whoever closes a file gives up all locks that his process has on it (POSIX), SQLite's too.
            string identity;
            await using (var opened = await OpenAloneAsync(own))
            {
                identity = await IdentityAsync(opened, own.DataSource);
            }

            var header = new byte[HeaderLength];
            await using (var file = File.OpenRead(own.DataSource))
            {
                await file.ReadExactlyAsync(header);
            }

            return new SourceFile(await OpenAloneAsync(own), $"{identity} {Convert.ToHexString(header.AsSpan(CounterAt, CounterLength))}");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Busy)
        {
            throw InUse(own, exception);
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        const string Wanted = "ConnectionStrings:Pushbell must name the SQLite installation to move: 'Data Source=<file>'.";
        try
        {
            var own = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, DefaultTimeout = 1, Mode = SqliteOpenMode.ReadWrite };
            return own.DataSource.Length == 0 ? throw new UnusableDatabaseException(Wanted) : own;
        }
        catch (ArgumentException exception)
        {
            throw new UnusableDatabaseException(Wanted, exception);
        }
    }

    /// <summary>Of two installations the counters may be alike, the moments of their migrations and their keys are not.</summary>
    private static async Task<string> IdentityAsync(SqliteConnection opened, string file)
    {
        if (await opened.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_master WHERE name IN ('schema_version', 'vapid_key')") != 2)
        {
            throw new UnusableDatabaseException($"There is no installation to move: {file} is not a database of Pushbell.");
        }

        var marks = await opened.QueryAsync<string>(
            "SELECT CAST(applied_at AS TEXT) FROM schema_version UNION ALL SELECT public_key FROM vapid_key ORDER BY 1"
        );
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', marks))));
    }

    private static UnusableDatabaseException InUse(SqliteConnectionStringBuilder own, Exception? inner) =>
        new($"{own.DataSource} is in use. Stop the server first; it stays stopped until the move is through.", inner);

    private static async Task<SqliteConnection> OpenAloneAsync(SqliteConnectionStringBuilder own)
    {
        var opened = new SqliteConnection(own.ToString());
        try
        {
            await opened.OpenAsync();
            // Write-ahead mode can be left only by whoever is alone; in exclusive mode the lock taken by the next statement is kept.
            await opened.ExecuteAsync("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE");
            var mode = await opened.ExecuteScalarAsync<string>("PRAGMA journal_mode");
            if (mode != "delete")
            {
                throw InUse(own, inner: null);
            }

            await opened.ExecuteAsync("BEGIN EXCLUSIVE");
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The last migration that it has seen.</summary>
    public Task<int> VersionAsync() => connection.ExecuteScalarAsync<int>("SELECT max(version) FROM schema_version");

    /// <summary>All tables but the migrations' own, those that others refer to first.</summary>
    public async Task<IReadOnlyList<MovedTable>> TablesAsync()
    {
        var names = await connection.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version' ORDER BY rowid"
        );
        var tables = new List<MovedTable>();
        foreach (var name in names)
        {
            var columns = (await connection.QueryAsync<Column>($"SELECT name, pk FROM pragma_table_info('{name}') ORDER BY cid")).AsList();
            tables.Add(
                new MovedTable(
                    name,
                    [.. columns.Select(column => column.Name)],
                    [.. columns.Where(column => column.Pk > 0).OrderBy(column => column.Pk).Select(column => column.Name)]
                )
            );
        }

        return tables;
    }

    /// <summary>SQLite keeps the character U+0000 within a text, PostgreSQL does not.</summary>
    /// <exception cref="UnusableDatabaseException">A text has one.</exception>
    public async Task RequireStorableAsync(MovedTable table)
    {
        var texts = (await connection.QueryAsync<string>($"SELECT name FROM pragma_table_info('{table.Name}') WHERE type = 'TEXT'")).AsList();
        if (texts.Count == 0)
        {
            return;
        }

        static string Within(string column) => $"instr(CAST({column} AS BLOB), x'00') > 0";
        var first = await connection.QueryFirstOrDefaultAsync<(string? Column, string Key)>(
            $"""
            SELECT CASE {string.Join(' ', texts.Select(column => $"WHEN {Within(column)} THEN '{column}'"))} END,
                   {string.Join(" || ' AND ' || ", table.Key.Select(column => $"'{column} = ' || quote({column})"))}
            FROM {table.Name} WHERE {string.Join(" OR ", texts.Select(Within))} LIMIT 1
            """
        );
        if (first.Column is not null)
        {
            throw new UnusableDatabaseException(
                $"Table {table.Name}, column {first.Column}: a text contains the character U+0000, which PostgreSQL cannot store ({first.Key}). "
                    + "Give that row another text in the SQLite file, then start again."
            );
        }
    }

    public Task<long> CountAsync(MovedTable table) => connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table.Name}");

    /// <summary>Rows in key order.</summary>
    /// <param name="table">Whose.</param>
    /// <param name="after">Only those behind this key; null: from the first.</param>
    public async IAsyncEnumerable<object?[]> RowsAsync(MovedTable table, IReadOnlyList<object>? after)
    {
        await using var command = connection.CreateCommand();
        var names = Enumerable.Range(0, after?.Count ?? 0).Select(at => string.Create(CultureInfo.InvariantCulture, $"@k{at}")).ToArray();
        var behind = after is null ? "" : $"WHERE ({table.KeyList}) > ({string.Join(", ", names)})";
        command.CommandText = $"SELECT {table.ColumnList} FROM {table.Name} {behind} ORDER BY {table.KeyList}";
        foreach (var (name, value) in names.Zip(after ?? []))
        {
            command.Parameters.AddWithValue(name, value);
        }

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

    private sealed record Column
    {
        public string Name { get; init; } = "";

        public int Pk { get; init; }
    }
}
