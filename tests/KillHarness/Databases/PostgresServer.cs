using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Npgsql;
using Pushbell.Testing.Postgres;

namespace Pushbell.KillHarness.Databases;

/// <summary>A server of its own that keeps what it has committed. Its outage is a crash, or somebody who stops it for a while.</summary>
internal sealed class PostgresServer : InstalledDatabase
{
    private const double Crash = 0.5;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    // As a server in earnest has them: what is promised is promised about the disk.
    private static readonly (string Name, string Value)[] Durable =
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("autovacuum", "on"),
    ];

    private readonly PrivatePostgres server;
    private readonly string connectionString;

    private PostgresServer(PrivatePostgres server, string database)
    {
        this.server = server;
        connectionString = server.ConnectionStringOf(database);
        Settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Pushbell"] = connectionString,
            ["Pushbell__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
    }

    public override IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        var started = await PrivatePostgres.StartAsync(Durable);
        return new PostgresServer(started, await started.CreateDatabaseAsync());
    }

    public override async Task<DbTransaction> ReadAsync()
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        return await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
    }

    public override TimeSpan NextOutage(Random random) => random.NextDouble() < Crash ? TimeSpan.Zero : random.NextDouble() * Longest;

    public override async Task SufferOutageAsync(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            await server.RestartImmediateAsync();
            return;
        }

        await server.StopAsync();
        await Task.Delay(duration, TimeProvider.System);
        await server.StartAgainAsync();
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
