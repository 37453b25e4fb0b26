namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>A table as both sides have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">All of them, in the source's order.</param>
/// <param name="Key">The columns of its primary key, in the key's order.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key)
{
    public string ColumnList => string.Join(", ", Columns);

    public string KeyList => string.Join(", ", Key);

    /// <summary>The values of the key within a row.</summary>
    public object[] KeyOf(IReadOnlyList<object?> row) => [.. Key.Select(column => row[Columns.Index().First(known => known.Item == column).Index]!)];
}
