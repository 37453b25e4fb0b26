using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pushbell.Dispatch.Storage.Sqlite;

/// <summary>SQLite in one file: write-ahead log, flushed at every commit, one writer.</summary>
internal sealed class SqliteDialect : Dialect
{
    public const string Engine = "Sqlite";

    // Primary result codes, https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    // A bounded wait for another process's lock (the operator's tool beside the server), unless the connection string names its own.
    private const int LockWaitSeconds = 5;

    // Each has a page cache of its own; more readers at a time than this are rare.
    private const int MostIdle = 8;
    private readonly string connectionString, file;
    private readonly Channel<PreparedConnection>? idle;

    public SqliteDialect(string given)
    {
        var builder = new SqliteConnectionStringBuilder(given) { ForeignKeys = true };
        if (!builder.ShouldSerialize("Default Timeout"))
        {
            builder.DefaultTimeout = LockWaitSeconds;
        }

        if (builder.Pooling)
        {
            // Kept here, with their statements; the driver's pool would forget those.
            idle = Channel.CreateBounded<PreparedConnection>(MostIdle);
            builder.Pooling = false;
        }

        connectionString = builder.ToString();
        file = Path.GetFullPath(builder.DataSource);
    }

    public override string? Folder => Path.GetDirectoryName(file);

    public override string Name => Engine;

    public override bool SingleWriter => true;

    public override string Size => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override SqlMapper.ICustomQueryParameter List<T>(IReadOnlyCollection<T> values) => new ListParameter(JsonSerializer.Serialize(values));

    public override DbConnection CreateConnection() =>
        idle is not null && idle.Reader.TryRead(out var kept)
            ? kept
            : new PreparedConnection(new SqliteConnection(connectionString), idle is null ? null : idle.Writer.TryWrite);

    // A checkpoint flushes the database's file while everybody waits: after 16 MB of log, not after SQLite's 4.
    public override string OnOpen(bool writes) => writes ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;" : "";

    public override async ValueTask DisposeAsync()
    {
        idle?.Writer.TryComplete();
        while (idle is not null && idle.Reader.TryRead(out var kept))
        {
            // Nobody takes it back any more.
            await kept.DisposeAsync();
        }
    }

    public override bool IsOutage(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Busy or Locked or IoError or Full or CannotOpen or ReadOnly };

    public override string? WhyUnusable(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase }
            ? $"The database file {file} is damaged ({exception.Message.TrimEnd('.')}). Restore it from a backup, "
                + "or move it away to start with an empty database."
            : null;
}
