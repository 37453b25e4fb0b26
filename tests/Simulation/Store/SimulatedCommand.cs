using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Store;

/// <summary>One statement, perhaps after a pause, perhaps not at all, perhaps with a planted fault.</summary>
internal sealed class SimulatedCommand(SimulatedConnection connection) : DbCommand
{
    // Never run: it only holds the parameters.
    private readonly SqliteCommand given = new();
    private SimulatedTransaction? transaction;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException();
    }

    protected override DbParameterCollection DbParameterCollection => given.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => transaction;
        set => transaction = (SimulatedTransaction?)value;
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        var real = await PrepareAsync().ConfigureAwait(false);
        return connection.Store.Plant.Execute(real, transaction);
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var real = await PrepareAsync().ConfigureAwait(false);
        return await real.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
    }

    public override void Cancel() => throw new NotSupportedException();

    public override void Prepare() => throw new NotSupportedException();

    public override int ExecuteNonQuery() => throw new NotSupportedException();

    public override object? ExecuteScalar() => throw new NotSupportedException();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            given.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<SqliteCommand> PrepareAsync()
    {
        await connection.Store.PauseAsync(connection.Process).ConfigureAwait(false);
        connection.Store.Weather.AtStatement(connection.Process);
        if (transaction is not null && given.Parameters.Contains("Lease"))
        {
            transaction.Present(new BatchKey(Value("OrganizationId"), Value("NotificationId"), (int)Value("Number"), Value("Lease")));
        }

        var real = connection.Real.Command(connection.Store.Plant.Rewrite(CommandText), transaction?.Real);
        foreach (SqliteParameter parameter in given.Parameters)
        {
            real.Parameters.Add(parameter);
        }

        return real;
    }

    private long Value(string name) => Convert.ToInt64(given.Parameters[name].Value);
}
