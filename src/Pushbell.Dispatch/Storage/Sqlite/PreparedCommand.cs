using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Pushbell.Dispatch.Storage.Sqlite;

/// <summary>One run of a statement that <see cref="PreparedConnection"/> keeps: borrowed with its text, given back when it is disposed.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private SqliteCommand? borrowed;
    private DbTransaction? transaction;
    private int? timeout;

    [AllowNull]
    public override string CommandText
    {
        get => borrowed?.CommandText ?? "";
        set
        {
            GiveBack();
            borrowed = string.IsNullOrEmpty(value) ? null : connection.Take(value);
        }
    }

    public override int CommandTimeout
    {
        get => timeout ?? 0;
        set => timeout = value;
    }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("A statement is prepared on one connection.");
    }

    protected override DbParameterCollection DbParameterCollection => Borrowed.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => transaction;
        set => transaction = value;
    }

    private SqliteCommand Borrowed => borrowed ?? throw new InvalidOperationException("The statement comes before its parameters.");

    public override void Cancel() => borrowed?.Cancel();

    public override int ExecuteNonQuery() => Run(static command => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Run(static command => command.ExecuteScalar());

    public override void Prepare() => Borrowed.Prepare();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(command => command.ExecuteReader(behavior));

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
        }

        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        var command = Borrowed;
        command.Transaction = (SqliteTransaction?)transaction;
        if (timeout is { } seconds)
        {
            command.CommandTimeout = seconds;
        }

        try
        {
            return run(command);
        }
        catch (SqliteException)
        {
            connection.Distrust();
            throw;
        }
    }

    private void GiveBack()
    {
        if (borrowed is { } command)
        {
            borrowed = null;
            connection.GiveBack(command);
        }
    }
}
