using System.Data.Common;
using Dapper;
using Pushbell.Dispatch.Storage.Moving;
using Pushbell.Dispatch.Storage.Postgres;
using Pushbell.Dispatch.Storage.Sqlite;

namespace Pushbell.Dispatch.Storage;

/// <summary>The database is locked, full or unreachable. Nothing of the failed transaction was kept, unless its fate is unknown.</summary>
public sealed class StorageOutageException(Exception inner) : Exception("The database is unavailable: " + inner.Message, inner)
{
    /// <summary>The answer to a commit was lost, and the database has stayed away since: it may have been kept or not.</summary>
    public bool IsFateUnknown { get; init; }
}

/// <summary>The database cannot be used as it is; the message says how to mend it.</summary>
public sealed class UnusableDatabaseException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// One door to SQLite or PostgreSQL. Reads run side by side; writes are transactions, flushed to disk before they return.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly Connections connections;
    private readonly Writing writing;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(Dialect dialect)
    {
        Dialect = dialect;
        connections = new Connections(dialect);
        writing = dialect.SingleWriter ? new OneWriter(connections) : new ManyWriters(connections);
    }

    public Dialect Dialect { get; }

    /// <summary>What this process is told apart by from others on the same database; null where it has to do that by itself.</summary>
    public int? NodeNumber { get; private set; }

    /// <summary>Opens the database, creating and migrating it as needed.</summary>
    /// <param name="connectionString">"Data Source=…" is SQLite, "Host=…" is PostgreSQL.</param>
    /// <param name="clock">Stamps the migrations; one that is not the system's measures leases as well, in place of the database's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnusableDatabaseException">Damaged, from a newer version, or of an unknown kind.</exception>
    /// <exception cref="StorageOutageException">It cannot be reached now.</exception>
    public static async Task<Database> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = await OpenAsync(DialectOf(connectionString, clock), clock, cancellationToken);
        if (!database.Dialect.IsRemote || !await database.ReadAsync(MoveLog.IsBegunAsync, cancellationToken))
        {
            return database;
        }

        await database.DisposeAsync();
        throw new UnusableDatabaseException("An installation is being moved into this database. Start 'pushbell move' again to finish it, then the server.");
    }

    /// <summary>One that a move has begun to fill: it is of no use to anybody else yet.</summary>
    /// <exception cref="UnusableDatabaseException">Not PostgreSQL, or it cannot be used as it is.</exception>
    internal static Task<Database> OpenForMoveAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken) =>
        DialectOf(connectionString, clock) is PostgresDialect dialect
            ? OpenAsync(dialect, clock, cancellationToken)
            : throw new UnusableDatabaseException("An installation moves into PostgreSQL: give 'Host=<server>;Database=<name>;Username=<user>;Password=<password>'.");

    /// <summary>With an engine of another making under it, for what simulates its faults.</summary>
    internal static async Task<Database> OpenAsync(Dialect dialect, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = new Database(dialect);
        try
        {
            await Migrator.RunAsync(database, clock, cancellationToken);
            if (dialect.NodeNumber is { } sql)
            {
                var number = await database.WriteAsync(session => session.FirstAsync<int>(sql), cancellationToken);
                database.NodeNumber = number;
                database.writing.Identify(number);
            }

            return database;
        }
        catch (Exception exception)
        {
            await database.DisposeAsync();
            var cause = exception as DbException ?? exception.InnerException as DbException;
            if (cause is not null && database.Dialect.WhyUnusable(cause) is { } why)
            {
                throw new UnusableDatabaseException(why, exception);
            }

            throw;
        }
    }

    /// <summary>Reads. Each statement sees what was committed when it began.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> body, CancellationToken cancellationToken) =>
        Guarded(() => connections.ReadAsync(body, cancellationToken));

    /// <summary>
    /// Runs <paramref name="body"/> as one transaction: committed and flushed when it returns, undone when it throws. Where another
    /// transaction came in its way it is undone and runs again; it must therefore change nothing but the database.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> body, CancellationToken cancellationToken) =>
        WriteAsync(body, static _ => true, cancellationToken);

    /// <summary>The same, undone as well when <paramref name="keep"/> says that the result is none to be kept.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken) =>
        Guarded(() => writing.RunAsync(body, keep, cancellationToken));

    public Task WriteAsync(Func<Session, Task> body, CancellationToken cancellationToken) =>
        WriteAsync(
            async session =>
            {
                await body(session);
                return true;
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await writing.DisposeAsync();
        await Dialect.DisposeAsync();
    }

    private static Dialect DialectOf(string connectionString, TimeProvider clock)
    {
        var parts = PartsOf(connectionString);
        if (parts.ContainsKey("Host"))
        {
            return PostgresOf(connectionString, clock);
        }

        if (!parts.ContainsKey("Data Source"))
        {
            throw new UnusableDatabaseException(
                "ConnectionStrings:Pushbell names no database: give 'Data Source=<file>' for SQLite, or "
                    + "'Host=<server>;Database=<name>;Username=<user>;Password=<password>' for PostgreSQL."
            );
        }

        var dialect = new SqliteDialect(connectionString);
        if (dialect.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return dialect;
    }

    private static DbConnectionStringBuilder PartsOf(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException exception)
        {
            throw Unreadable(exception);
        }
    }

    private static PostgresDialect PostgresOf(string connectionString, TimeProvider clock)
    {
        try
        {
            return new PostgresDialect(connectionString, clock);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw Unreadable(exception);
        }
    }

    private static UnusableDatabaseException Unreadable(Exception exception) =>
        new($"ConnectionStrings:Pushbell cannot be read: {exception.Message}", exception);

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException exception) when (Dialect.IsOutage(exception))
        {
            throw new StorageOutageException(exception);
        }
    }
}
