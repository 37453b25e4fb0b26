namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Which push services have stopped answering this process at all. After some faults in a row without an answer between them, one is left
/// alone for a while, longer each time; then a single message finds out whether it is back.
/// </summary>
internal sealed class OriginHealth(TimeProvider clock)
{
    private const int SuspectAfter = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Fault> faults = new(StringComparer.Ordinal);

    /// <summary>It gave an answer, whichever.</summary>
    public void Answered(string origin)
    {
        lock (gate)
        {
            faults.Remove(origin);
        }
    }

    /// <summary>No connection, or no answer in time.</summary>
    public void Failed(string origin)
    {
        lock (gate)
        {
            var fault = faults.GetValueOrDefault(origin) ?? (faults[origin] = new Fault());
            fault.InARow++;
            // What fails while it is left alone was on its way before; that says nothing new.
            if (fault.InARow >= SuspectAfter && Rest(fault) is null)
            {
                fault.Pause = fault.Pause == TimeSpan.Zero ? FirstPause : Min(fault.Pause * 2, LongestPause);
                fault.PausedAt = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Few at a time, until it answers again.</summary>
    public bool IsSuspect(string origin)
    {
        lock (gate)
        {
            return faults.GetValueOrDefault(origin) is { InARow: >= SuspectAfter };
        }
    }

    /// <returns>For how long it is still to be left alone; null when it may be tried. Measured by a clock that nobody sets.</returns>
    public TimeSpan? PausedFor(string origin)
    {
        lock (gate)
        {
            return faults.GetValueOrDefault(origin) is { } fault ? Rest(fault) : null;
        }
    }

    private TimeSpan? Rest(Fault fault)
    {
        var rest = fault.Pause - clock.GetElapsedTime(fault.PausedAt);
        return fault.Pause > TimeSpan.Zero && rest > TimeSpan.Zero ? rest : null;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed class Fault
    {
        public int InARow { get; set; }

        public TimeSpan Pause { get; set; }

        public long PausedAt { get; set; }
    }
}
