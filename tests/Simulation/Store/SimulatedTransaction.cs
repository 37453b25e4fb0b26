using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Simulation.Store;

/// <summary>A write transaction. It fails before its commit or not at all; its process may die before, in and after it.</summary>
internal sealed class SimulatedTransaction : DbTransaction
{
    private readonly SimulatedConnection connection;
    private readonly List<BatchKey> presented = [];
    private SqliteTransaction? real;
    private long begunAt;

    public SimulatedTransaction(SimulatedConnection connection)
    {
        this.connection = connection;
        Begin();
    }

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    public SqliteTransaction? Real => real;

    protected override DbConnection DbConnection => connection;

    /// <summary>A statement wrote in the name of this claim.</summary>
    public void Present(BatchKey key) => presented.Add(key);

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await connection.Store.PauseAsync(connection.Process).ConfigureAwait(false);
        connection.Store.Weather.AtCommit(connection.Process);
        CommitNow();
        connection.Ended(this);
        connection.Store.Writer.Leave();

        // Committed, and its process does not know yet.
        await connection.Store.PauseAsync(connection.Process).ConfigureAwait(false);
    }

    public override void Commit() => throw new NotSupportedException();

    public override void Rollback() => Undo();

    /// <summary>For a planted fault: what the product means to be one transaction becomes two.</summary>
    public void Split()
    {
        CommitNow();
        Begin();
    }

    /// <summary>For a planted fault: forgets what was done so far.</summary>
    public void StartOver()
    {
        real!.Dispose();
        Begin();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Undo();
        }

        base.Dispose(disposing);
    }

    private void Begin()
    {
        begunAt = connection.Store.Now;
        presented.Clear();
        connection.Real.Changed.Clear();
        real = connection.Real.Connection.BeginTransaction();
    }

    private void CommitNow()
    {
        real!.Commit();
        real.Dispose();
        real = null;
        connection.Store.Committed(new Commit(connection.Process, begunAt, connection.Real.Changed, presented));
    }

    private void Undo()
    {
        if (real is null)
        {
            return;
        }

        real.Dispose();
        real = null;
        connection.Ended(this);
        connection.Store.Writer.Leave();
    }
}
