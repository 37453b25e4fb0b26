namespace Pushbell.Dispatch.Storage;

/// <summary>What the database is, for its operator.</summary>
/// <param name="IsServer">PostgreSQL; otherwise SQLite.</param>
/// <param name="SizeBytes">On its disk.</param>
/// <param name="SchemaVersion">The last migration that was applied.</param>
/// <param name="LatestSchemaVersion">The last one that this build has.</param>
public sealed record DatabaseState(bool IsServer, long SizeBytes, int SchemaVersion, int LatestSchemaVersion);

/// <summary>Looks at the database itself, not at what is in it.</summary>
public sealed class DatabaseInspection(Database database, TimeProvider clock)
{
    public Task<DatabaseState> StateAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => new DatabaseState(
                session.Dialect.IsRemote,
                await session.FirstAsync<long>(session.Dialect.Size),
                await Migrator.CurrentAsync(session),
                Migrator.Latest(session.Dialect.Name)
            ),
            cancellationToken
        );

    /// <summary>Writes as every transaction does, and undoes it.</summary>
    /// <exception cref="StorageOutageException">It cannot be written to now.</exception>
    public Task TryWriteAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync("UPDATE schema_version SET applied_at = applied_at"),
            keep: static _ => false,
            cancellationToken
        );

    /// <returns>By how much this process's clock is ahead of the database's own; null where it has none.</returns>
    public async Task<TimeSpan?> ClockLeadAsync(CancellationToken cancellationToken)
    {
        if (!database.Dialect.IsRemote)
        {
            return null;
        }

        // The way there and back lies between the two readings; the answer is from somewhere in the middle.
        var before = clock.GetUtcNow();
        var theirs = await database.ReadAsync(
            session => session.FirstAsync<long>($"SELECT {session.Dialect.Now}", new { now = before.ToUnixTimeMilliseconds() }),
            cancellationToken
        );
        var between = before + ((clock.GetUtcNow() - before) / 2);
        return between - DateTimeOffset.FromUnixTimeMilliseconds(theirs);
    }
}
