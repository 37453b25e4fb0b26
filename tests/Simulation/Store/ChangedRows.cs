using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pushbell.Simulation.Store;

/// <summary>Which rows of the ledger a transaction changed, as SQLite itself tells it: what has to be looked at after its commit.</summary>
internal sealed class ChangedRows
{
    private readonly HashSet<long> batches = [],
        notifications = [],
        organizations = [];

    /// <summary>Row ids.</summary>
    public IReadOnlyCollection<long> Batches => batches;

    public IReadOnlyCollection<long> Notifications => notifications;

    public IReadOnlyCollection<long> Organizations => organizations;

    public static ChangedRows Watch(SqliteConnection connection)
    {
        var rows = new ChangedRows();
        raw.sqlite3_update_hook(connection.Handle, static (rows, _, _, table, row) => ((ChangedRows)rows).Add(table.utf8_to_string(), row), rows);
        return rows;
    }

    public void Clear()
    {
        batches.Clear();
        notifications.Clear();
        organizations.Clear();
    }

    private void Add(string table, long row) =>
        _ = table switch
        {
            "batch" => batches.Add(row),
            "notification" => notifications.Add(row),
            "organization" => organizations.Add(row),
            _ => false,
        };
}
