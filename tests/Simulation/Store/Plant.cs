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

    public int Execute(SqliteCommand command, SimulatedTransaction? transaction)
    {
        switch (fault)
        {
            case PlantedFault.LostFence when command.CommandText.StartsWith("UPDATE batch SET outcomes", StringComparison.Ordinal):
                Rewrite(command, Fence, "");
                break;
            case PlantedFault.DoubleReturn when command.CommandText.Contains(Return, StringComparison.Ordinal):
                Rewrite(command, Return, "credit_available + CASE WHEN @available > 0 AND @held < 0 THEN 2 ELSE 1 END * @available");
                break;
            case PlantedFault.CursorBeforeInsert when command.CommandText.StartsWith("INSERT INTO batch", StringComparison.Ordinal):
                lastInsert = Copy(command);
                break;
            case PlantedFault.CursorBeforeInsert when command.CommandText.StartsWith("UPDATE notification SET cursor_after = @last", StringComparison.Ordinal):
                return MoveCursorFirst(command, transaction!);
        }

        return command.ExecuteNonQuery();
    }

    private void Rewrite(SqliteCommand command, string from, string to)
    {
        Occasions++;
        command.CommandText = command.CommandText.Replace(from, to, StringComparison.Ordinal);
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
