using Microsoft.Data.Sqlite;

namespace Pushbell.Simulation.Store;

internal enum PlantedFault
{
    None,

    /// <summary>A settlement writes whether or not its lease still holds.</summary>
    LostFence,

    /// <summary>What is returned of a hold is returned twice.</summary>
    DoubleReturn,

    /// <summary>A broadcast's cursor moves in a transaction of its own, and its batch follows in the next.</summary>
    CursorBeforeInsert,
}

/// <summary>
/// A bug on purpose, planted between the product and its database, so that the product's code stays clean: a simulation that does not
/// find it proves nothing.
/// </summary>
internal sealed class Plant(PlantedFault fault)
{
    private const string Fence = "AND lease = @Lease";
    private const string Return = "credit_available + @available";
    private SqliteCommand? lastInsert;

    /// <summary>How often the fault was there to be made.</summary>
    public int Occasions { get; private set; }

    /// <summary>The statement as it is really run.</summary>
    public string Rewrite(string sql) =>
        fault switch
        {
            PlantedFault.LostFence when IsStart(sql, "SELECT outcomes FROM batch") || IsStart(sql, "UPDATE batch SET outcomes") => Replace(sql, Fence, ""),
            PlantedFault.DoubleReturn => Replace(sql, Return, "credit_available + CASE WHEN @held < 0 THEN 2 ELSE 1 END * @available"),
            _ => sql,
        };

    public int Execute(SqliteCommand command, SimulatedTransaction? transaction)
    {
        if (fault == PlantedFault.CursorBeforeInsert && IsStart(command.CommandText, "INSERT INTO batch"))
        {
            lastInsert = Copy(command);
        }

        return fault == PlantedFault.CursorBeforeInsert && IsStart(command.CommandText, "UPDATE notification SET cursor_after = @last")
            ? MoveCursorFirst(command, transaction!)
            : command.ExecuteNonQuery();
    }

    private static bool IsStart(string sql, string start) => sql.StartsWith(start, StringComparison.Ordinal);

    private string Replace(string sql, string from, string to)
    {
        var planted = sql.Replace(from, to, StringComparison.Ordinal);
        Occasions += planted == sql ? 0 : 1;
        return planted;
    }

    /// <summary>The batch was inserted just before, in the same transaction; that is undone and done over in the wrong order.</summary>
    private int MoveCursorFirst(SqliteCommand command, SimulatedTransaction transaction)
    {
        Occasions++;
        transaction.StartOver();
        command.Transaction = transaction.Real;
        var changed = command.ExecuteNonQuery();
        transaction.Split();
        using var insert = lastInsert!;
        insert.Transaction = transaction.Real;
        insert.ExecuteNonQuery();
        return changed;
    }

    private static SqliteCommand Copy(SqliteCommand command)
    {
        var copy = new SqliteCommand(command.CommandText, command.Connection);
        foreach (SqliteParameter parameter in command.Parameters)
        {
            copy.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
        }

        return copy;
    }
}
