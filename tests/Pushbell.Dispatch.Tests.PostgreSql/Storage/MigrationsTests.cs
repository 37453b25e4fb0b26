using System.Data.Common;
using System.Reflection;
using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;
using Pushbell.Testing.Sqlite;

namespace Pushbell.Dispatch.Tests.Storage;

/// <summary>One schema, spelt twice.</summary>
public sealed class MigrationsTests
{
    // What a single process counts in its memory, and what it needs not ask for.
    private static readonly string[] OfManyNodes = ["request_window", "write_mark"];

    [Fact]
    public void Migrations_OfBothDialects_HaveTheSameNumbersAndNames()
    {
        var sqlite = Names("Sqlite");

        sqlite.Count.ShouldBeGreaterThan(1);
        Names("Postgres").ShouldBe(sqlite);
    }

    [Fact]
    public async Task Tables_OfBothDialects_HaveTheSameColumnsInTheSameOrder_AndTheSameKeys()
    {
        await using var sqlite = new SqliteTestDatabase();
        await using (await sqlite.OpenAsync(TimeProvider.System)) { }

        await using var postgres = await TestDatabase.CreateAsync();
        await using var here = await postgres.ConnectAsync();
        await using var there = await sqlite.ConnectAsync();

        var tables = (await sqlite.TablesAsync()).Order(StringComparer.Ordinal).ToArray();
        (await postgres.TablesAsync()).Except(OfManyNodes).Order(StringComparer.Ordinal).ShouldBe(tables);
        foreach (var table in tables)
        {
            (await PostgresColumnsAsync(here, table)).ShouldBe(await SqliteColumnsAsync(there, table), table);
        }
    }

    private static List<string> Names(string dialect)
    {
        var prefix = $"{typeof(Database).Namespace}.Migrations.{dialect}.";
        return Assembly
            .GetAssembly(typeof(Database))!
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..])
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    /// <returns>"name, place in the primary key, NOT NULL or not" of each.</returns>
    private static async Task<List<string>> SqliteColumnsAsync(DbConnection connection, string table) =>
        (await connection.QueryAsync<string>($"""SELECT name || ' ' || pk || ' ' || "notnull" FROM pragma_table_info('{table}') ORDER BY cid""")).AsList();

    private static async Task<List<string>> PostgresColumnsAsync(DbConnection connection, string table) =>
        (
            await connection.QueryAsync<string>(
                """
                SELECT a.attname || ' ' || coalesce(array_position(x.indkey::smallint[], a.attnum) + 1, 0) || ' ' || a.attnotnull::int
                FROM pg_attribute a
                LEFT JOIN pg_index x ON x.indrelid = a.attrelid AND x.indisprimary
                WHERE a.attrelid = @table::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                """,
                new { table }
            )
        ).AsList();
}
