using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pushbell.Dispatch.Storage;

/// <summary>SQLite in one file: write-ahead log, flushed at every commit, one writer.</summary>
internal sealed class SqliteDialect : Dialect
{
    public const string Engine = "Sqlite";

    // Primary result codes, https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    // A bounded wait for another process's lock (the operator's tool beside the server), unless the connection string names its own.
    private const int LockWaitSeconds = 5;
    private readonly string connectionString, file;

    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        if (!builder.ShouldSerialize("Default Timeout"))
        {
            builder.DefaultTimeout = LockWaitSeconds;
        }

        this.connectionString = builder.ToString();
        file = Path.GetFullPath(builder.DataSource);
    }

    public override string? Folder => Path.GetDirectoryName(file);

    public override string Name => Engine;

    public override bool SingleWriter => true;

    public override string Size => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override SqlMapper.ICustomQueryParameter List<T>(IReadOnlyCollection<T> values) => new ListParameter(JsonSerializer.Serialize(values));

    public override DbConnection CreateConnection() => new SqliteConnection(connectionString);

    public override string OnOpen(bool writes) => writes ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" : "";

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override bool IsOutage(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Busy or Locked or IoError or Full or CannotOpen or ReadOnly };

    public override string? WhyUnusable(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase }
            ? $"The database file {file} is damaged ({exception.Message.TrimEnd('.')}). Restore it from a backup, "
                + "or move it away to start with an empty database."
            : null;
}
