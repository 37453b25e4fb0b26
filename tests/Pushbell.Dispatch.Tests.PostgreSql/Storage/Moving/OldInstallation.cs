using System.Data.Common;
using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;
using Pushbell.Testing.Sqlite;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

/// <summary>A SQLite installation at rest, with rows of odd values in every table.</summary>
internal sealed class OldInstallation : IAsyncDisposable
{
    private static readonly long[] Ids = [1, 10_000_000, 10_000_001, 1L << 62, long.MaxValue];
    private static readonly string[] Texts =
    [
        "",
        "it's \"quoted\" \\N \\x00 {a,b}",
        "👩‍👩‍👧 Ω ✓ \u202e\U0010ffff",
        "\ufffd line\r\nbreak\ttab \u0001\u007f ",
        new string('ü', 400),
    ];
    private static readonly string Long = new('ü', 70_000);
    private static readonly byte[][] Blobs = [[], [0], [.. Enumerable.Range(0, 256).Select(at => (byte)at)], "\\x41"u8.ToArray(), new byte[70_000]];
    private static readonly string[] Kinds = ["top-up", "hold", "spend", "return", "hold"];
    private readonly SqliteTestDatabase storage = new();

    private OldInstallation() { }

    public TestDatabase Storage => storage;

    public string File => storage.File;

    public string ConnectionString => storage.ConnectionString;

    public static async Task<OldInstallation> CreateAsync()
    {
        var old = new OldInstallation();
        await using (await old.StartAsync(new ManualTimeProvider())) { }
        await using var connection = await old.storage.ConnectAsync();
        foreach (var table in (await Contents.TablesAsync(old.Storage)).OrderBy(table => table is "organization" or "account" ? 0 : table is "service" or "notification" ? 1 : 2))
        {
            await FillAsync(connection, table);
        }

        return old;
    }

    /// <summary>What a server does first. No pool keeps the file open when the result is disposed.</summary>
    public Task<Database> StartAsync(TimeProvider clock) =>
        Database.OpenAsync($"{ConnectionString};Pooling=False;Default Timeout=1", clock, CancellationToken.None);

    public async Task ChangeAsync(string sql, object? values = null)
    {
        await using var connection = await storage.ConnectAsync();
        await connection.ExecuteAsync(sql, values);
    }

    /// <summary>More registrations of one service.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Characters of text in each.</param>
    public Task AddRegistrationsAsync(int count, int length = 1) =>
        ChangeAsync(
            """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, device_info, created_at)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
            SELECT @id, @id, 20000000 + i * 7, 0, 'https://push.example.com/' || i, 'hash-' || i, randomblob(65), randomblob(16), 1, printf('%.*c', @length, 'x'), i
            FROM n
            """,
            new { id = Ids[1], count, length }
        );

    public ValueTask DisposeAsync() => storage.DisposeAsync();

    private static async Task FillAsync(DbConnection connection, string table)
    {
        var columns = (await connection.QueryAsync<(string Name, string Type, long Required)>($"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')")).AsList();
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", columns.Select(column => "@" + column.Name))})";
        for (var row = 0; row < Ids.Length; row++)
        {
            var values = new DynamicParameters();
            foreach (var (name, type, required) in columns)
            {
                // In one row there is nothing that need not be, in the next everything.
                values.Add(name, required == 0 && row % 2 == 0 ? null : ValueOf(table, name, type, row));
            }

            await connection.ExecuteAsync(sql, values);
        }
    }

    private static object ValueOf(string table, string column, string type, int row) =>
        (table, column, type) switch
        {
            ("credit_movement", "kind", _) => Kinds[row],
            ("batch", "id", _) => int.MaxValue - row,
            (_, "id" or "account_id" or "organization_id" or "service_id" or "notification_id", _) => Ids[row],
            (_, "device_info" or "locations" or "sentence", _) when row == 3 => Long,
            (_, _, "TEXT") => Texts[row],
            (_, _, "BLOB") => Blobs[row],
            _ when column.EndsWith("_at", StringComparison.Ordinal) => long.MaxValue - row,
            _ => row,
        };
}
