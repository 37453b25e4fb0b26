namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>The way of all rows from one side to the other, in pages: a page is all that is ever held in memory.</summary>
internal sealed class Passage(SourceFile file, TargetServer server, Action<MoveProgress> progress, CancellationToken cancellationToken)
{
    private const int PageRows = 2_000;

    public async Task<Moved> RunAsync(IReadOnlyList<MovedTable> tables)
    {
        foreach (var table in tables)
        {
            await CopyAsync(table);
        }

        var sums = new Dictionary<string, TableSum>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            sums[table.Name] = await CompareAsync(table);
        }

        await server.Log.EndAsync();
        return new Moved(sums);
    }

    private async Task CopyAsync(MovedTable table)
    {
        var (after, rows) = await server.Log.ReadAsync(table);
        var all = await file.CountAsync(table);
        var page = new List<object?[]>(PageRows);
        async Task FlushAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows += page.Count;
            await server.CopyAsync(table, page, rows, cancellationToken);
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
    private async Task<TableSum> CompareAsync(MovedTable table)
    {
        var all = await file.CountAsync(table);
        using var left = new RowDigest();
        using var arrived = new RowDigest();
        await using var there = server.RowsAsync(table).GetAsyncEnumerator(CancellationToken.None);
        await foreach (var row in file.RowsAsync(table, after: null))
        {
            left.Add(row);
            if (await there.MoveNextAsync())
            {
                arrived.Add(there.Current);
            }

            if (left.Rows % PageRows == 0 || left.Rows == all)
            {
                progress(new MoveProgress(table.Name, left.Rows, all, IsCheck: true));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        while (await there.MoveNextAsync())
        {
            arrived.Add(there.Current);
        }

        var (here, target) = (left.Sum(), arrived.Sum());
        return here == target
            ? here
            : throw new UnusableDatabaseException(
                $"Table {table.Name} did not arrive as it was: {here.Rows} rows with checksum {here.Sha256} here, {target.Rows} with {target.Sha256} there. "
                    + "Nothing was changed here; drop the target database, create it anew and start over."
            );
    }
}
