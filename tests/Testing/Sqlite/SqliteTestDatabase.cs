using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Pushbell.Testing.Sqlite;

/// <summary>In a file, since a database in memory has neither locks nor a disk. It is made when it is opened.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    public override string ConnectionString => $"Data Source={File}";

    public override string ImpatientConnectionString => $"{ConnectionString};Default Timeout=1";

    public override IReadOnlyList<(string Key, string Value)> ServerSettings => [("ConnectionStrings:Pushbell", ConnectionString)];

    protected override string TableNames => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";

    public string File => Path.Combine(Folder, "pushbell.db");

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public override Task<string> ReadDiskAsync() => Task.FromResult(Latin1(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)));

    public override ValueTask DisposeAsync()
    {
        // The pool keeps files open that are about to be deleted; what is in use by other tests stays untouched.
        SqliteConnection.ClearAllPools();
        return base.DisposeAsync();
    }
}
