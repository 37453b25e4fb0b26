using System.Globalization;
using Npgsql;
using Pushbell.Testing.Postgres;

namespace Pushbell.Bench.Server;

/// <summary>A PostgreSQL of its own, set as in production: everything that a commit promises is on disk.</summary>
internal sealed class PostgresStore : Store
{
    private const double TicksPerSecond = 100;
    private readonly PrivatePostgres server;
    private readonly string database;

    private PostgresStore(PrivatePostgres server, string database) => (this.server, this.database) = (server, database);

    public override string Name => "PostgreSQL";

    public override string ConnectionString => server.ConnectionStringOf(database);

    public static async Task<PostgresStore> StartAsync()
    {
        var started = await PrivatePostgres.StartAsync(
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            ("autovacuum", "on"),
            ("shared_buffers", "1GB"),
            ("max_wal_size", "4GB"),
            ("shared_preload_libraries", "pg_stat_statements")
        );
        return new PostgresStore(started, await started.CreateDatabaseAsync());
    }

    public override async Task FillAsync(int registrations)
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, "CREATE EXTENSION pg_stat_statements; CREATE TEMPORARY TABLE person (id BIGINT, endpoint TEXT, p256dh BYTEA, auth BYTEA)");
        await using (var copy = await connection.BeginBinaryImportAsync("COPY person FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var person in Population.Of(registrations))
            {
                await copy.WriteRowAsync(CancellationToken.None, person.Id, person.Endpoint, person.P256dh, person.Auth);
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync(
            connection,
            $"""
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            SELECT v.organization_id, v.service_id, p.id, 0, p.endpoint, p.endpoint, p.p256dh, p.auth, v.id, 0 FROM vapid_key v, person p WHERE v.is_current = 1;
            UPDATE service SET active_registrations = {registrations};
            ANALYZE;
            CHECKPOINT
            """
        );
    }

    public override async Task<Work?> WorkAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT sum(calls)::bigint FROM pg_stat_statements), (SELECT sum(rows)::bigint FROM pg_stat_statements),
                   (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
                   pg_total_relation_size('registration'), pg_total_relation_size('batch')
            """;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Work(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), CpuSeconds(), reader.GetInt64(4), reader.GetInt64(5));
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Of the server and all its processes, those that have ended too (proc(5)).</summary>
    private double CpuSeconds()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(server.DataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var stat in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])).Select(StatOf))
        {
            if (stat is { } process && (process.Id == postmaster || process.Parent == postmaster))
            {
                ticks += process.Own + (process.Id == postmaster ? process.Ended : 0);
            }
        }

        return ticks / TicksPerSecond;
    }

    private static (int Id, int Parent, long Own, long Ended)? StatOf(string path)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(path, "stat"));
            // The name, in brackets, may hold anything; what follows begins with the third field.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return (int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), (int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
        }
        catch (IOException)
        {
            // Ended meanwhile.
            return null;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Command Timeout=0");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
