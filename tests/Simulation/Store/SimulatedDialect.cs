using System.Data.Common;
using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Storage.Sqlite;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>The product's own SQLite dialect on simulated connections of one process.</summary>
internal sealed class SimulatedDialect(SimulatedStore store, SimulatedProcess process) : Dialect
{
    private readonly SqliteDialect sqlite = new("Data Source=simulated.db");

    public override string Name => sqlite.Name;

    public override string? Folder => null;

    /// <summary>
    /// The one writer is a lock among all simulated processes, see <see cref="WriterLock"/>. The product's own, within a process, is
    /// a queue that leaves the simulation's thread.
    /// </summary>
    public override bool SingleWriter => false;

    public override string Size => sqlite.Size;

    public override string In(string column, string parameter) => sqlite.In(column, parameter);

    public override SqlMapper.ICustomQueryParameter List<T>(IReadOnlyCollection<T> values) => sqlite.List(values);

    public override DbConnection CreateConnection() => new SimulatedConnection(store, process);

    /// <summary>Said once to each real connection, which is used again and again.</summary>
    public override string OnOpen(bool writes) => "";

    public override ValueTask DisposeAsync() => sqlite.DisposeAsync();

    public override bool IsOutage(DbException exception) => sqlite.IsOutage(exception);

    public override string? WhyUnusable(DbException exception) => sqlite.WhyUnusable(exception);
}
