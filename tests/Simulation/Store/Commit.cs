using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>A transaction that was just committed.</summary>
/// <param name="Process">Whose.</param>
/// <param name="BegunAt">When it had the database to itself, in ticks: what it writes may be dated from then on.</param>
/// <param name="Changed">The rows it changed.</param>
/// <param name="Presented">The claims in whose name it wrote: every statement that named a lease token.</param>
internal sealed record Commit(SimulatedProcess Process, long BegunAt, ChangedRows Changed, IReadOnlyList<BatchKey> Presented);
