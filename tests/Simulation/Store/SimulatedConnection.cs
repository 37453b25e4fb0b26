using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>A connection of one simulated process on a real one. The product opens and uses connections asynchronously only.</summary>
internal sealed class SimulatedConnection(SimulatedStore store, SimulatedProcess process) : DbConnection
{
    private OpenFile? file;
    private SimulatedTransaction? transaction;

    public SimulatedProcess Process => process;

    public SimulatedStore Store => store;

    public OpenFile Real => file ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>Always the same: Dapper keeps what it compiled by connection string.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => "simulated";
        set => throw new NotSupportedException();
    }

    public override string Database => "main";

    public override string DataSource => "simulated";

    public override string ServerVersion => Real.Connection.ServerVersion;

    public override ConnectionState State => file is null ? ConnectionState.Closed : ConnectionState.Open;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await store.PauseAsync(process).ConfigureAwait(false);
        store.Weather.AtOpening(process);
        file = store.Take(this);
    }

    public override void Open() => throw new NotSupportedException();

    public override void Close()
    {
        if (file is { } real)
        {
            transaction?.Dispose();
            file = null;
            store.Give(this, real);
        }
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public void Ended(SimulatedTransaction ended) => transaction = transaction == ended ? null : transaction;

    /// <summary>The process was killed: its transaction is undone, its continuations find nothing any more.</summary>
    public void Abandon()
    {
        file?.Dispose();
        file = null;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel,
        CancellationToken cancellationToken
    )
    {
        await store.PauseAsync(process).ConfigureAwait(false);
        store.Weather.AtBeginning(process);
        if (!await store.Writer.EnterAsync(process).ConfigureAwait(false))
        {
            throw StoreWeather.Locked();
        }

        return transaction = new SimulatedTransaction(this);
    }

    protected override DbCommand CreateDbCommand() => new SimulatedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}
