using Microsoft.Data.Sqlite;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Store;

/// <summary>When the database fails. What it throws is what SQLite throws; nothing of the transaction is kept.</summary>
internal sealed class StoreWeather(Dice dice, Trace trace)
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5,
        IoError = 10,
        Full = 13,
        CannotOpen = 14;

    /// <summary>How often a single step fails, 0 to 1.</summary>
    public double FaultRate { get; set; }

    /// <summary>Nothing works at all.</summary>
    public bool IsOut { get; set; }

    /// <summary>How often a step takes its time, so that others come in between, 0 to 1.</summary>
    public double PauseRate { get; set; }

    public static SqliteException Locked() => new("database is locked", Busy);

    public void AtOpening(SimulatedProcess process) => Strike(process, "opening", CannotOpen);

    public void AtBeginning(SimulatedProcess process) => Strike(process, "beginning", Busy);

    public void AtStatement(SimulatedProcess process) => Strike(process, "a statement", IoError);

    public void AtCommit(SimulatedProcess process) => Strike(process, "a commit", dice.Chance(0.5) ? Full : IoError);

    private void Strike(SimulatedProcess process, string what, int code)
    {
        if (!IsOut && !(FaultRate > 0 && dice.Chance(FaultRate)))
        {
            return;
        }

        process.Disturb();
        trace.Mix(code);
        trace.Say($"{process.Name} store: {what} fails with SQLite error {code}");
        throw new SqliteException("simulated fault", code);
    }
}
