using System.Reflection;
using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Accounts;

/// <summary>Owners of an older installation become accounts.</summary>
public sealed class AccountMigrationTests
{
    [Fact]
    public async Task Members_OfTheVersionBefore_AreAccountsAfterwards()
    {
        var clock = new ManualTimeProvider();
        await using var storage = await TestDatabase.CreateEmptyAsync();
        await using (var connection = await storage.ConnectAsync())
        {
            await connection.ExecuteAsync("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
            foreach (var version in new[] { 1, 2 })
            {
                await connection.ExecuteAsync(Migration(version));
                await connection.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (@version, 'old', 0)", new { version });
            }

            await connection.ExecuteAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (1, 'One', 'starter', 0), (2, 'Two', 'starter', 0)");
            await connection.ExecuteAsync(
                """
                INSERT INTO member (organization_id, id, email, password_hash, role, created_at)
                VALUES (1, 10, 'Owner@Example.com', 'hash', 'owner', 5), (2, 20, 'owner@example.com', NULL, 'owner', 6), (2, 30, 'ann@example.com', NULL, 'owner', 7)
                """
            );
        }

        await using var database = await storage.OpenAsync(clock);
        var accounts = await database.ReadAsync(
            session =>
                session.ListAsync<string>(
                    "SELECT a.id || ' ' || a.email || ' ' || coalesce(a.password_hash, '-') || ' ' || a.is_operator || ' ' || a.created_at FROM account a ORDER BY a.id"
                ),
            CancellationToken.None
        );
        var members = await database.ReadAsync(
            session => session.ListAsync<string>("SELECT organization_id || ' ' || id FROM member ORDER BY organization_id, id"),
            CancellationToken.None
        );

        accounts.ShouldBe(["10 owner@example.com hash 1 5", "30 ann@example.com - 0 7"]);
        members.ShouldBe(["1 10", "2 10", "2 30"]);
    }

    private static string Migration(int version)
    {
        var prefix = $"{typeof(Database).Namespace}.Migrations.{(TestEngineAttribute.Chosen == Engine.PostgreSql ? "Postgres" : "Sqlite")}.{version:0000}";
        var assembly = Assembly.GetAssembly(typeof(Database))!;
        using var reader = new StreamReader(
            assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.StartsWith(prefix, StringComparison.Ordinal)))!
        );
        return reader.ReadToEnd();
    }
}
