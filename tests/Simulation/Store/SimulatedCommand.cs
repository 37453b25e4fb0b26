using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Store;

/// <summary>One statement, perhaps after a pause, perhaps not at all, perhaps with a planted fault.</summary>
internal sealed class SimulatedCommand(SimulatedConnection connection) : DbCommand
{
    private readonly SqliteCommand real = connection.Real.Connection.CreateCommand();
    private SimulatedTransaction? transaction;

    [AllowNull]
    public override string CommandText
    {
        get => real.CommandText;
        set => real.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => real.CommandTimeout;
        set => real.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => real.CommandType;
        set => real.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException();
    }

    protected override DbParameterCollection DbParameterCollection => real.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => transaction;
        set => transaction = (SimulatedTransaction?)value;
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync().ConfigureAwait(false);
        return connection.Store.Plant.Execute(real, transaction);
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        await PrepareAsync().ConfigureAwait(false);
        return await real.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
    }

    public override void Cancel() => real.Cancel();

    public override void Prepare() => real.Prepare();

    public override int ExecuteNonQuery() => throw new NotSupportedException();

    public override object? ExecuteScalar() => throw new NotSupportedException();

    protected override DbParameter CreateDbParameter() => real.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            real.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task PrepareAsync()
    {
        await connection.Store.PauseAsync(connection.Process).ConfigureAwait(false);
        connection.Store.Weather.AtStatement(connection.Process);
        real.Transaction = connection.RealTransaction;
        if (transaction is not null && real.Parameters.Contains("Lease"))
        {
            transaction.Present(new BatchKey(Value("OrganizationId"), Value("NotificationId"), (int)Value("Number"), Value("Lease")));
        }
    }

    private long Value(string name) => Convert.ToInt64(real.Parameters[name].Value);
}
