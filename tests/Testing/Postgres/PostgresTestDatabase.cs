using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Pushbell.Dispatch.Storage;
using Xunit;

namespace Pushbell.Testing.Postgres;

/// <summary>A database of its own, as a rule on the server of this process. Without PostgreSQL the test that asks for one is skipped.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    // Few each, for many tests at once share one server.
    private const string Pool = "Maximum Pool Size=20;Minimum Pool Size=0";

    // What is not logged is not kept either; and the requests that only read are counted there.
    private const string LoggedTables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence = 'p'";

    // Copying files takes a third of the time of running the migrations.
    private static readonly Lazy<Task<string>> Template = new(MigrateTemplateAsync);
    private readonly PrivatePostgres server;
    private readonly string name;

    private PostgresTestDatabase(PrivatePostgres server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = $"{server.ConnectionStringOf(name)};{Pool}";
        var masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        ServerSettings = [("ConnectionStrings:Pushbell", ConnectionString), ("Pushbell:MasterKey", masterKey)];
    }

    public string Name => name;

    public override string ConnectionString { get; }

    public override string ImpatientConnectionString => $"{ConnectionString};Command Timeout=1";

    public override IReadOnlyList<(string Key, string Value)> ServerSettings { get; }

    protected override string TableNames => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";

    /// <summary>Without tables, on a server that a test has for itself: to be stopped, or reached by detours.</summary>
    public static async Task<PostgresTestDatabase> OnAsync(PrivatePostgres server) => new(server, await server.CreateDatabaseAsync());

    public static async Task<PostgresTestDatabase> MigratedAsync()
    {
        var shared = await ServerAsync();
        return new PostgresTestDatabase(shared, await shared.CreateDatabaseAsync(await Template.Value));
    }

    public static async Task<PostgresTestDatabase> EmptyAsync()
    {
        var shared = await ServerAsync();
        return new PostgresTestDatabase(shared, await shared.CreateDatabaseAsync());
    }

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{server.ConnectionStringOf(name)};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await ConnectAsync();
        var tables = await connection.QueryAsync<string>(LoggedTables);
        // Against writing and SELECT … FOR UPDATE, not against reading.
        await connection.ExecuteAsync($"BEGIN; LOCK TABLE {string.Join(", ", tables)} IN EXCLUSIVE MODE");
        return connection;
    }

    public override async Task<string> ReadDiskAsync()
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync("CHECKPOINT", commandType: CommandType.Text);
        var number = await connection.QuerySingleAsync<string>("SELECT oid::text FROM pg_database WHERE datname = current_database()");
        return Latin1(Directory.GetFiles(Path.Combine(server.DataFolder, "base", number)));
    }

    public override async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await server.DropDatabaseAsync(name);
        await base.DisposeAsync();
    }

    private static Task<PrivatePostgres> ServerAsync()
    {
        Assert.SkipWhen(WhyMissing is not null, WhyMissing ?? "");
        return PrivatePostgres.OfThisProcessAsync();
    }

    private static async Task<string> MigrateTemplateAsync()
    {
        var shared = await PrivatePostgres.OfThisProcessAsync();
        var template = await shared.CreateDatabaseAsync();
        await using var migrated = await Database.OpenAsync(shared.ConnectionStringOf(template), TimeProvider.System, CancellationToken.None);
        return template;
    }
}
