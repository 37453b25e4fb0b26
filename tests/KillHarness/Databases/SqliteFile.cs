using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Pushbell.KillHarness.Databases;

/// <summary>A file in the installation's folder. Its outage is a lock that another process holds.</summary>
internal sealed class SqliteFile(string file) : InstalledDatabase
{
    /// <summary>How long a node waits for a locked database before it gives up: a lock held longer is an outage.</summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(1);

    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["ConnectionStrings__Pushbell"] = $"Data Source={file};Default Timeout={LockWait.TotalSeconds}" };

    public override async Task<DbTransaction> ReadAsync()
    {
        var connection = await ConnectAsync();
        return connection.BeginTransaction(deferred: true);
    }

    public override TimeSpan NextOutage(Random random) => LockWait * (1.1 + random.NextDouble());

    public override async Task SufferOutageAsync(TimeSpan duration)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        await Task.Delay(duration, TimeProvider.System);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Without a pool: an open connection of ours would keep the write-ahead log that a restarted node is to recover from.
    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
