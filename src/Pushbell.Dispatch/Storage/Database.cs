using System.Data.Common;
using Dapper;

namespace Pushbell.Dispatch.Storage;

/// <summary>The database is locked, full or unreachable. Nothing of the failed transaction was kept.</summary>
public sealed class StorageOutageException(Exception inner) : Exception("The database is unavailable: " + inner.Message, inner);

/// <summary>The database cannot be used as it is; the message says how to mend it.</summary>
public sealed class UnusableDatabaseException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// One door to SQLite or PostgreSQL. Reads run side by side; writes are transactions, flushed to disk before they return.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private DbConnection? writer;
    private volatile DbException? lastOutage;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(Dialect dialect) => Dialect = dialect;

    public Dialect Dialect { get; }

    /// <summary>Opens the database, creating and migrating it as needed.</summary>
    /// <param name="connectionString">"Data Source=…" is SQLite.</param>
    /// <param name="clock">Stamps the migrations.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnusableDatabaseException">Damaged, from a newer version, or of an unknown kind.</exception>
    public static Task<Database> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(DialectOf(connectionString), clock, cancellationToken);

    /// <summary>With an engine of another making under it, for what simulates its faults.</summary>
    internal static async Task<Database> OpenAsync(Dialect dialect, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = new Database(dialect);
        try
        {
            await Migrator.RunAsync(database, clock, cancellationToken);
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

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> body, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            await using var connection = await ConnectAsync(writes: false, cancellationToken);
            return await body(new Session(connection, null, Dialect, cancellationToken));
        });

    /// <summary>Runs <paramref name="body"/> as one transaction: committed and flushed when it returns, undone when it throws.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> body, CancellationToken cancellationToken) =>
        WriteAsync(body, static _ => true, cancellationToken);

    /// <summary>The same, undone as well when <paramref name="keep"/> says that the result is none to be kept.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            if (!Dialect.SingleWriter)
            {
                await using var connection = await ConnectAsync(writes: true, cancellationToken);
                return await InTransaction(connection, body, keep, cancellationToken);
            }

            var known = lastOutage;
            await writing.WaitAsync(cancellationToken);
            try
            {
                // Who waited behind a write that never got the lock has waited long enough: all fail together, not one after the other.
                if (lastOutage is { } outage && outage != known)
                {
                    throw new StorageOutageException(outage);
                }

                writer ??= await ConnectAsync(writes: true, cancellationToken);
                return await InTransaction(writer, body, keep, cancellationToken);
            }
            catch (DbException exception) when (Dialect.IsOutage(exception))
            {
                lastOutage = exception;
                throw;
            }
            finally
            {
                writing.Release();
            }
        });

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
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        writing.Dispose();
    }

    private static Dialect DialectOf(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (!parts.ContainsKey("Data Source"))
        {
            throw new UnusableDatabaseException(
                "ConnectionStrings:Pushbell names no database this version can use: give 'Data Source=<file>' for SQLite."
            );
        }

        var dialect = new SqliteDialect(connectionString);
        if (dialect.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return dialect;
    }

    private async Task<T> InTransaction<T>(
        DbConnection connection,
        Func<Session, Task<T>> body,
        Func<T, bool> keep,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await body(new Session(connection, transaction, Dialect, cancellationToken));
        if (keep(result))
        {
            await transaction.CommitAsync(CancellationToken.None);
        }

        return result;
    }

    private async Task<DbConnection> ConnectAsync(bool writes, CancellationToken cancellationToken)
    {
        var connection = Dialect.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (Dialect.OnOpen(writes) is { Length: > 0 } setup)
            {
                await connection.ExecuteAsync(setup);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

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
