using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Pushbell.Dispatch.Storage.Sqlite;

/// <summary>A connection that keeps its statements prepared: each is parsed and planned once, not each time it runs.</summary>
/// <param name="inner">Opened by whoever opens this.</param>
/// <param name="giveBack">May take it when it is disposed in good order, to hand it out again: open, with all it has prepared. Otherwise it is closed.</param>
internal sealed class PreparedConnection(SqliteConnection inner, Func<PreparedConnection, bool>? giveBack) : DbConnection
{
    private readonly Dictionary<string, Stack<SqliteCommand>> idle = new(StringComparer.Ordinal);
    private bool isSound = true;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void Open()
    {
        if (inner.State != ConnectionState.Open)
        {
            inner.Open();
        }
    }

    public override void Close() => inner.Close();

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    /// <summary>A statement that nobody is running, ready to take its parameters.</summary>
    public SqliteCommand Take(string sql)
    {
        if (idle.TryGetValue(sql, out var kept) && kept.TryPop(out var command))
        {
            return command;
        }

        command = inner.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        command.CommandTimeout = inner.DefaultTimeout;
        if (!idle.TryGetValue(command.CommandText, out var kept))
        {
            idle.Add(command.CommandText, kept = []);
        }

        kept.Push(command);
    }

    /// <summary>A statement failed: the connection may be what is wrong, so nobody else gets it.</summary>
    public void Distrust() => isSound = false;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        var isTaken = disposing && isSound && inner.State == ConnectionState.Open && giveBack?.Invoke(this) == true;
        if (disposing && !isTaken)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
