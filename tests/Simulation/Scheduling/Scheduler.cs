namespace Pushbell.Simulation.Scheduling;

/// <summary>
/// Runs everything on one thread, one item at a time, the next one chosen by the seed. Time stands still while there is something to
/// run but for a few microseconds a step, and otherwise goes on to the next timer.
/// </summary>
internal sealed class Scheduler
{
    private readonly Dice dice;
    private readonly Trace trace;
    private readonly Violations violations;
    private readonly List<SimulatedProcess> processes = [];
    private readonly TimerQueue timers = new(),
        idleTimers = new();
    private readonly int thread = Environment.CurrentManagedThreadId;

    // What waits so long in the engine is idle: a look for work, the end of a request's patience. Whoever works has other timers.
    private static readonly TimeSpan[] IdleTimes = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)];
    private static readonly TimeSpan SweepTime = TimeSpan.FromMinutes(1), Mending = TimeSpan.FromMinutes(3);
    private TimeSpan wallOffset;
    private long mendedBy = long.MinValue;

    public Scheduler(Dice dice, Trace trace, Violations violations, DateTimeOffset start)
    {
        (this.dice, this.trace, this.violations) = (dice, trace, violations);
        wallOffset = start - DateTimeOffset.UnixEpoch;
        World = Start("world", isNode: false);
        trace.Stamp = () => $"{Steps,7} {TimeSpan.FromTicks(Now).TotalSeconds,13:0.000000}  ";
    }

    /// <summary>Ticks since the simulation began; never jumps.</summary>
    public long Now { get; private set; }

    public DateTimeOffset WallClock => DateTimeOffset.UnixEpoch + wallOffset + TimeSpan.FromTicks(Now);

    /// <summary>The wall clock was set back at some time: what had begun may lie in the future again.</summary>
    public bool HasGoneBack { get; private set; }

    /// <summary>The wall clock was put forward by so much that what is kept for a day may be forgotten.</summary>
    public bool HasSkippedADay { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Clients, operators, the weather: what does not belong to the product and never dies.</summary>
    public SimulatedProcess World { get; }

    /// <summary>When the next work falls due by the database, in ticks; null when there is none.</summary>
    public Func<long?> NextWork { get; set; } = static () => null;

    public SimulatedProcess Start(string name, bool isNode)
    {
        var process = new SimulatedProcess(name, processes.Count, isNode, this);
        processes.Add(process);
        return process;
    }

    public void After(TimeSpan delay, SimulatedProcess process, Action action) =>
        new SimulatedTimer(this, process, action).Change(delay, Timeout.InfiniteTimeSpan);

    /// <summary>When the wall clock shows it, unless it jumps again.</summary>
    public long TicksAt(DateTimeOffset wallClock) => (wallClock - DateTimeOffset.UnixEpoch - wallOffset).Ticks;

    public void JumpWallClock(TimeSpan by)
    {
        wallOffset += by;
        HasSkippedADay |= by > TimeSpan.FromHours(12);
        if (by < TimeSpan.Zero)
        {
            HasGoneBack = true;
            mendedBy = Now + Mending.Ticks;
        }
    }

    /// <summary>
    /// Whether a timer may fire late without anybody being the worse for it. Sweeping may, too, but for a while after the clock was set
    /// back: then it mends dates that lie too far ahead.
    /// </summary>
    private bool IsIdle(TimeSpan dueTime) => IdleTimes.Contains(dueTime) || (dueTime == SweepTime && Now > mendedBy);

    public void Enqueue(SimulatedTimer timer, TimeSpan delay) =>
        (timer.Process.IsNode && IsIdle(delay) ? idleTimers : timers).Add(timer, Now + Math.Max(0, delay.Ticks));

    /// <summary>Whatever runs on a thread of its own is beyond the seed's control: the run is worth nothing.</summary>
    public void HoldToThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            violations.Add("one thread", "something ran on a foreign thread:\n" + Environment.StackTrace);
        }
    }

    /// <summary>Nobody awaits what a process begins; that it must not fail is watched here.</summary>
    public void Watch(Task task) =>
        _ = task.ContinueWith(
            failed => violations.Add("no surprises", failed.Exception!.ToString()),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );

    /// <returns>False when nothing is left to happen.</returns>
    public bool Step()
    {
        FireTimers();
        if (Choose() is not { } process)
        {
            return Advance();
        }

        Steps++;
        trace.Mix(process.Number);
        trace.Mix(Now);
        if (process.CountDown() is { } fate)
        {
            fate();
            return true;
        }

        process.Take(dice.Below(process.ReadyCount)).Run();
        Now += dice.Between(1, 50) * TimeSpan.TicksPerMicrosecond;
        return true;
    }

    private void FireTimers()
    {
        timers.FireUpTo(Now);
        idleTimers.FireUpTo(Now);
    }

    /// <summary>Every item that is ready has the same chance.</summary>
    private SimulatedProcess? Choose()
    {
        var total = 0;
        foreach (var process in processes)
        {
            total += process.ReadyCount;
        }

        if (total == 0)
        {
            return null;
        }

        var chosen = dice.Below(total);
        return processes.First(process => (chosen -= process.ReadyCount) < 0);
    }

    /// <summary>
    /// Leaps to the next moment at which something can happen. Idle timers that lie on the way fire late, there: the looks for work that
    /// they stand for could not have found anything before.
    /// </summary>
    private bool Advance()
    {
        var (busy, idle) = (timers.NextDue(), idleTimers.NextDue());
        var next = idle is null ? busy : Earlier(busy, NextWork() is { } work ? Math.Max(work, idle.Value) : null);
        Now = next ?? Now;
        return next is not null;
    }

    private static long? Earlier(long? one, long? other) => one < other ? one : other ?? one;
}
