using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Pushbell.Testing;

/// <summary>
/// All that requests have written to a database, as text to be compared: a refused one must leave it as it was. What the workers and
/// the note of a key's last use write is left out, for they go on meanwhile.
/// </summary>
public static class DatabaseContents
{
    private static readonly HashSet<string> WrittenByDelivery =
    [
        "last_used_at", "served", "cursor_after", "fanned_out", "batches", "accepted", "gone", "rejected", "expired", "cancelled",
        "completed_at", "notification_count", "last_notified_at", "refusals", "refused_since",
    ];

    // What workers hold, the count of a key's requests (a refused one counts too), and what every transaction leaves behind.
    private static readonly string[] TablesOfTheirOwn = ["batch", "request_window", "write_mark"];

    public static async Task<string> ReadAsync(RunningServer server)
    {
        await using var connection = await server.Storage.ConnectAsync();
        var text = new StringBuilder();
        foreach (var table in (await server.Storage.TablesAsync()).Except(TablesOfTheirOwn))
        {
            var rows = await RowsAsync(connection, $"SELECT * FROM {table}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{table}: {rows.Count}").AppendJoin('\n', rows).AppendLine();
        }

        return text.ToString();
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var columns = Enumerable.Range(0, reader.FieldCount).Where(at => !WrittenByDelivery.Contains(reader.GetName(at)));
            rows.Add(string.Join('|', columns.Select(at => Text(reader.GetValue(at)))));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static string Text(object value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
