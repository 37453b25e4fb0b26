using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Pushbell.Bench.Server;

/// <summary>Registrations written straight into the database: registering a million browsers one by one is another benchmark.</summary>
internal static class Population
{
    // Enough that nothing is gained from meeting the same key again.
    private const int Keys = 1_000;

    // Ids lie as far apart as those of browsers that registered a millisecond after each other.
    private const int IdStep = 1 << 21;

    public static string PublicId(int number) => Dispatch.PublicId.Registration((long)number * IdStep);

    public static void Fill(string file, int count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous=OFF");
        using (var transaction = connection.BeginTransaction())
        {
            Insert(connection, transaction, count);
            transaction.Commit();
        }

        Execute(connection, $"UPDATE service SET active_registrations = {count}; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, int count)
    {
        var points = Enumerable.Range(0, Keys).Select(_ => NewPoint()).ToArray();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            SELECT organization_id, service_id, $id, 0, $endpoint, $endpoint, $p256dh, $auth, id, 0 FROM vapid_key WHERE is_current = 1
            """;
        var (id, endpoint, p256dh, auth) = (Parameter(insert, "$id"), Parameter(insert, "$endpoint"), Parameter(insert, "$p256dh"), Parameter(insert, "$auth"));
        for (var number = 1; number <= count; number++)
        {
            id.Value = (long)number * IdStep;
            endpoint.Value = $"https://{ServerProcess.Host}/sink/{number}";
            p256dh.Value = points[number % Keys];
            auth.Value = RandomNumberGenerator.GetBytes(16);
            insert.ExecuteNonQuery();
        }
    }

    private static byte[] NewPoint()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }

    private static SqliteParameter Parameter(SqliteCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
