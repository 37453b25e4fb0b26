using System.Data.Common;
using Npgsql;

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
    private const int PageRows = 2_000;

    /// <param name="source">"Data Source=…"</param>
    /// <param name="target">"Host=…": an empty database, or one that this move was begun into.</param>
    /// <param name="clock">Stamps the migrations.</param>
    /// <param name="progress">Is told after every page.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    /// <exception cref="UnusableDatabaseException">The source is in use, or the target holds something else.</exception>
    public static async Task<Moved> RunAsync(
        string source,
        string target,
        TimeProvider clock,
        Action<MoveProgress> progress,
        CancellationToken cancellationToken
    )
    {
        await using var file = await OpenSourceAsync(source, clock, cancellationToken);
        await using (await Database.OpenForMoveAsync(target, clock, cancellationToken)) { }
        try
        {
            await using var server = await TargetServer.OpenAsync(target, cancellationToken);
            await BeginAsync(file, server);
            var tables = await file.TablesAsync();
            foreach (var table in tables)
            {
                await CopyAsync(file, server, table, progress, cancellationToken);
            }

            var sums = new Dictionary<string, TableSum>(StringComparer.Ordinal);
            foreach (var table in tables)
            {
                sums[table.Name] = await CompareAsync(file, server, table, progress, cancellationToken);
            }

            await server.EndAsync();
            return new Moved(sums);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CharacterNotInRepertoire)
        {
            throw new UnusableDatabaseException(
                $"A text of table {exception.TableName ?? exception.Where} cannot be stored in PostgreSQL ({exception.MessageText}). The target must be of encoding UTF8.",
                exception
            );
        }
        catch (DbException exception)
        {
            throw new StorageOutageException(exception);
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
        await using (await Database.OpenAsync(source, clock, cancellationToken)) { }
        return await SourceFile.OpenAsync(source);
    }

    private static async Task BeginAsync(SourceFile file, TargetServer server)
    {
        switch (await server.BegunFromAsync())
        {
            case null when await server.IsEmptyAsync():
                await server.BeginAsync(file.Fingerprint);
                break;
            case null:
                throw new UnusableDatabaseException("The target is not empty: it holds an installation already. Name a new, empty database.");
            case var begun when begun != file.Fingerprint:
                throw new UnusableDatabaseException(
                    "The target holds part of a move from another file, or from this one before it was changed. Drop that database, create it anew and start over."
                );
        }
    }

    private static async Task CopyAsync(
        SourceFile file,
        TargetServer server,
        MovedTable table,
        Action<MoveProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var (after, rows) = await server.ProgressAsync(table);
        var all = await file.CountAsync(table);
        var page = new List<object?[]>(PageRows);
        async Task FlushAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows += page.Count;
            await server.CopyAsync(table, page, rows, CancellationToken.None);
            page.Clear();
            progress(new MoveProgress(table.Name, rows, all, IsCheck: false));
        }

        await foreach (var row in file.RowsAsync(table, after))
        {
            page.Add(row);
            if (page.Count == PageRows)
            {
                await FlushAsync();
            }
        }

        if (page.Count > 0)
        {
            await FlushAsync();
        }
    }

    /// <exception cref="UnusableDatabaseException">They differ.</exception>
    private static async Task<TableSum> CompareAsync(
        SourceFile file,
        TargetServer server,
        MovedTable table,
        Action<MoveProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var here = await SumAsync(file.RowsAsync(table, after: null), cancellationToken);
        var there = await SumAsync(server.RowsAsync(table), cancellationToken);
        progress(new MoveProgress(table.Name, there.Rows, here.Rows, IsCheck: true));
        return here == there
            ? here
            : throw new UnusableDatabaseException(
                $"Table {table.Name} did not arrive as it was: {here.Rows} rows with checksum {here.Sha256} here, {there.Rows} with {there.Sha256} there. "
                    + "Nothing was changed here; drop the target database and start over."
            );
    }

    private static async Task<TableSum> SumAsync(IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var digest = new RowDigest();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            digest.Add(row);
        }

        return digest.Sum();
    }
}
