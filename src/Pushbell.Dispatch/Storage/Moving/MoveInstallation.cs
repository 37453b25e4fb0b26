using Microsoft.Data.Sqlite;
using Npgsql;
using Pushbell.Dispatch.Storage.Sqlite;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>How far a move has come.</summary>
/// <param name="Table">What is on its way.</param>
/// <param name="Rows">Of it, over or compared so far.</param>
/// <param name="Of">Of it, in all.</param>
/// <param name="IsCheck">Everything is over; it is being compared.</param>
public sealed record MoveProgress(string Table, long Rows, long Of, bool IsCheck);

/// <summary>What was moved, table by table.</summary>
public sealed record Moved(IReadOnlyDictionary<string, TableSum> Tables);

/// <summary>Copies a stopped SQLite installation into PostgreSQL, whole; begun again after an interruption, it goes on.</summary>
public static class MoveInstallation
{
    /// <param name="source">"Data Source=…"</param>
    /// <param name="target">"Host=…": an empty database, or one that this move was begun into.</param>
    /// <param name="clock">Stamps the migrations.</param>
    /// <param name="progress">Is told after every page.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    /// <exception cref="UnusableDatabaseException">
    /// The source is in use or none, the target is out of reach or holds something else, or what arrived is not what left; the message says which.
    /// </exception>
    public static async Task<Moved> RunAsync(
        string source,
        string target,
        TimeProvider clock,
        Action<MoveProgress> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // All that may be refused is, before anything is written on either side.
            await using var server = await TargetServer.OpenAsync(target, cancellationToken);
            await using var file = await OpenSourceAsync(source, clock, cancellationToken);
            var tables = await file.TablesAsync();
            foreach (var table in tables)
            {
                await file.RequireStorableAsync(table);
            }

            await using (await Database.OpenForMoveAsync(target, clock, cancellationToken)) { }
            await server.Log.BeginAsync(file.Fingerprint);
            return await new Passage(file, server, progress, cancellationToken).RunAsync(tables);
        }
        catch (NpgsqlException exception)
        {
            var reason = (exception as PostgresException)?.MessageText ?? exception.Message;
            throw new UnusableDatabaseException(
                $"The target failed: {reason.TrimEnd('.')}. Nothing was changed here; when that is mended, start the move again and it goes on.",
                exception
            );
        }
        catch (SqliteException exception)
        {
            throw new UnusableDatabaseException($"The installation to move cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Of this version; one that is so already is not written to, so that a move that goes on knows it again.</summary>
    private static async Task<SourceFile> OpenSourceAsync(string source, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = await SourceFile.OpenAsync(source);
        if (await file.VersionAsync() == Migrator.Latest(SqliteDialect.Engine))
        {
            return file;
        }

        await file.DisposeAsync();
        // A pool would keep it open behind our back.
        var unpooled = new SqliteConnectionStringBuilder(source) { Pooling = false }.ToString();
        await using (await Database.OpenAsync(unpooled, clock, cancellationToken)) { }
        return await SourceFile.OpenAsync(source);
    }
}
