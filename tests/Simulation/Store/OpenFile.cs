using Microsoft.Data.Sqlite;

namespace Pushbell.Simulation.Store;

/// <summary>A real connection, what its open transaction has changed so far, and its statements: they are few, and compiled only once.</summary>
internal sealed class OpenFile(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> compiled = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public ChangedRows Changed { get; } = ChangedRows.Watch(connection);

    /// <summary>The statement, its parameters still to be given. One connection runs one at a time.</summary>
    public SqliteCommand Command(string text, SqliteTransaction? transaction)
    {
        if (!compiled.TryGetValue(text, out var command))
        {
            compiled.Add(text, command = new SqliteCommand(text, connection));
        }

        command.Transaction = transaction;
        command.Parameters.Clear();
        return command;
    }

    public void Dispose()
    {
        foreach (var command in compiled.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
