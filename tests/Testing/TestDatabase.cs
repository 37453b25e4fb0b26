using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Testing;

/// <summary>
/// An empty database of one test, gone with it. The one place that knows which engine the suite runs on: SQLite, in a file, since a
/// database in memory has neither locks nor a disk.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string ConnectionString => $"Data Source={File}";

    public string Folder => folder.Path;

    /// <summary>Where SQLite keeps it.</summary>
    public string File => Path.Combine(folder.Path, "pushbell.db");

    public Task<Database> OpenAsync(TimeProvider clock) => Database.OpenAsync(ConnectionString, clock, CancellationToken.None);

    /// <summary>Takes the writer's lock as another process would; it is given back when the result is disposed.</summary>
    public async Task<IAsyncDisposable> LockAsync()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public void Dispose()
    {
        // The pool keeps files open that are about to be deleted; what is in use by other tests stays untouched.
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}
