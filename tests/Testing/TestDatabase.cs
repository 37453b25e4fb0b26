using System.Data.Common;
using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing.Postgres;
using Pushbell.Testing.Sqlite;

namespace Pushbell.Testing;

/// <summary>A database of one test, gone with it. The one place that knows which engine the suite runs on.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    static TestDatabase() => SqlMapper.ConnectionStringComparer = new EngineComparer();

    /// <summary>Why there is no database of the suite's engine here; null where there is.</summary>
    public static string? WhyMissing =>
        TestEngineAttribute.Chosen == Engine.PostgreSql && PostgresPrograms.Folder is null ? PostgresPrograms.Missing : null;

    /// <summary>A folder of this test alone.</summary>
    public string Folder => folder.Path;

    public abstract string ConnectionString { get; }

    /// <summary>Opened with it, who waits for a lock gives up after a second.</summary>
    public abstract string ImpatientConnectionString { get; }

    /// <summary>What a server must be told to run on it.</summary>
    public abstract IReadOnlyList<(string Key, string Value)> ServerSettings { get; }

    /// <summary>Without rows. Of this version's schema where that saves time; opening it brings it there anyway.</summary>
    public static async Task<TestDatabase> CreateAsync() =>
        TestEngineAttribute.Chosen == Engine.PostgreSql ? await PostgresTestDatabase.MigratedAsync() : new SqliteTestDatabase();

    /// <summary>Without tables.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync() =>
        TestEngineAttribute.Chosen == Engine.PostgreSql ? await PostgresTestDatabase.EmptyAsync() : new SqliteTestDatabase();

    public Task<Database> OpenAsync(TimeProvider clock) => Database.OpenAsync(ConnectionString, clock, CancellationToken.None);

    public Task<Database> OpenImpatientAsync(TimeProvider clock) => Database.OpenAsync(ImpatientConnectionString, clock, CancellationToken.None);

    /// <summary>A connection past the product's own door.</summary>
    public abstract Task<DbConnection> ConnectAsync();

    /// <returns>The names of its tables.</returns>
    public async Task<IReadOnlyList<string>> TablesAsync()
    {
        await using var connection = await ConnectAsync();
        return (await connection.QueryAsync<string>(TableNames)).AsList();
    }

    /// <summary>Keeps all others from writing, as another process would, until the result is disposed. They may read.</summary>
    public abstract Task<IAsyncDisposable> LockAsync();

    /// <summary>All that lies on disk, byte for byte, one character each.</summary>
    public abstract Task<string> ReadDiskAsync();

    public virtual ValueTask DisposeAsync()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A query for the names of its tables.</summary>
    protected abstract string TableNames { get; }

    protected static string Latin1(IEnumerable<string> files) =>
        string.Concat(files.Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
}
