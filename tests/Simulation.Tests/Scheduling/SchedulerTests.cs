using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Tests.Scheduling;

public sealed class SchedulerTests
{
    private readonly Violations violations = new();
    private readonly Scheduler scheduler;
    private readonly SimulatedProcess node;

    public SchedulerTests()
    {
        scheduler = new Scheduler(new Dice(1), new Trace(keepsLines: false), violations, DateTimeOffset.UnixEpoch);
        node = scheduler.Start("n1", isNode: true);
    }

    [Fact]
    public void Post_FromForeignThread_IsReported()
    {
        var foreign = new Thread(() => node.Post(static _ => { }, null));
        foreign.Start();
        foreign.Join();

        violations.ToList().ShouldHaveSingleItem().Rule.ShouldBe("one thread");
    }

    [Fact]
    public void Step_KilledProcess_NeverRunsAgain()
    {
        var runs = 0;
        node.Begin(async () =>
        {
            runs++;
            await Task.Yield();
            runs++;
        });
        scheduler.Step().ShouldBeTrue();

        node.Kill();

        scheduler.Step().ShouldBeFalse();
        runs.ShouldBe(1);
    }

    [Fact]
    public void Step_StalledProcess_FiresItsTimersWhenItGoesOn()
    {
        var fired = false;
        scheduler.After(TimeSpan.FromMilliseconds(5), node, () => fired = true);
        node.Stall();
        scheduler.After(TimeSpan.FromMinutes(5), scheduler.World, node.Resume);

        while (scheduler.Step() && !fired) { }

        fired.ShouldBeTrue();
        TimeSpan.FromTicks(scheduler.Now).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Step_ManyReady_OrderIsTheSeeds()
    {
        Order(seed: 1).ShouldBe(Order(seed: 1));
        Enumerable.Range(2, 20).Select(Order).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Begin_FailingWork_IsReported()
    {
        node.Begin(static async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a bug");
        });

        while (scheduler.Step()) { }

        violations.ToList().ShouldHaveSingleItem().Text.ShouldContain("a bug");
    }

    private static string Order(int seed)
    {
        var seeded = new Scheduler(new Dice(seed), new Trace(keepsLines: false), new Violations(), DateTimeOffset.UnixEpoch);
        var order = "";
        foreach (var letter in "abcdef")
        {
            seeded.World.Reach(() => order += letter);
        }

        while (seeded.Step()) { }

        return order;
    }
}
