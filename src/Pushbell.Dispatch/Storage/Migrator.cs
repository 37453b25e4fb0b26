using System.Globalization;
using System.Reflection;

namespace Pushbell.Dispatch.Storage;

/// <summary>Brings a database to this version: numbered SQL files, each applied once, in order, in a transaction of its own.</summary>
internal static class Migrator
{
    // Nodes that start together migrate one after the other.
    private const string Turn = "migrations";

    public static async Task RunAsync(Database database, TimeProvider clock, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async session =>
            {
                await session.TakeTimeAsync();
                await session.LockAsync(Turn);
                await session.ExecuteAsync(
                    "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)"
                );
            },
            cancellationToken
        );
        var migrations = Migrations(database.Dialect.Name);
        foreach (var (version, name, sql) in migrations)
        {
            await database.WriteAsync(
                async session =>
                {
                    await session.TakeTimeAsync();
                    await session.LockAsync(Turn);
                    if (await CurrentAsync(session) >= version)
                    {
                        return;
                    }

                    await session.ExecuteAsync(sql);
                    await session.ExecuteAsync(
                        "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @now)",
                        new { version, name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }
                    );
                },
                cancellationToken
            );
        }

        var found = await database.ReadAsync(CurrentAsync, cancellationToken);
        if (found > migrations[^1].Version)
        {
            throw new UnusableDatabaseException(
                $"The database is of schema version {found}; this build knows versions up to {migrations[^1].Version}. Start the newer build."
            );
        }
    }

    /// <summary>What this build brings a database to.</summary>
    public static int Latest(string dialect) => Migrations(dialect)[^1].Version;

    /// <summary>What a database has been brought to.</summary>
    public static Task<int> CurrentAsync(Session session) => session.FirstAsync<int>("SELECT coalesce(max(version), 0) FROM schema_version");

    private static List<(int Version, string Name, string Sql)> Migrations(string dialect)
    {
        var prefix = $"{typeof(Migrator).Namespace}.Migrations.{dialect}.";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly
            .GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                var name = resource[prefix.Length..^".sql".Length];
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return (int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })
            .ToList();
    }
}
