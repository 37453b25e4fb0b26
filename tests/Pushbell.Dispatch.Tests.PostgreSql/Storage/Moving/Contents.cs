using System.Globalization;
using Dapper;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

/// <summary>All rows of a database as text, read without the product.</summary>
internal static class Contents
{
    // Not an installation's: migrations, requests of the last minute, marks of transactions.
    private static readonly string[] EnginesOwn = ["schema_version", "request_window", "write_mark"];

    public static async Task<IReadOnlyList<string>> TablesAsync(TestDatabase database) =>
        [.. (await database.TablesAsync()).Except(EnginesOwn).Order(StringComparer.Ordinal)];

    /// <summary>Each table with its rows, sorted.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> ReadAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        var contents = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(database))
        {
            var rows = (await connection.QueryAsync($"SELECT * FROM {table}")).Cast<IDictionary<string, object?>>();
            contents[table] = [.. rows.Select(TextOf).Order(StringComparer.Ordinal)];
        }

        return contents;
    }

    public static async Task ShouldBeEqualAsync(TestDatabase here, TestDatabase there)
    {
        var (expected, found) = (await ReadAsync(here), await ReadAsync(there));
        found.Keys.ShouldBe(expected.Keys);
        foreach (var (table, rows) in expected)
        {
            found[table].SequenceEqual(rows, StringComparer.Ordinal).ShouldBeTrue($"{table}: {rows.Length} and {found[table].Length} rows");
        }
    }

    private static string TextOf(IDictionary<string, object?> row) =>
        string.Join('|', row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={TextOf(column.Value)}"));

    private static string TextOf(object? value) =>
        value switch
        {
            null => "nothing",
            byte[] blob => $"blob {Convert.ToHexString(blob)}",
            string text => $"text '{text}'",
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        };
}
