using Pushbell.Server.Hosting;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Hosting;

public sealed class SlidingWindowTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Count_OfOneKey_LeavesTheOthersTheirRoom()
    {
        var window = new SlidingWindow<string>("requests", most: 1, clock);

        window.Count("a").IsOver.ShouldBeFalse();
        window.Count("a").IsOver.ShouldBeTrue();
        window.Count("b").IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Count_AcrossASweep_StillKnowsWhatIsYoungerThanAMinute()
    {
        var window = new SlidingWindow<string>("requests", most: 2, clock);
        window.Count("old");
        clock.Advance(TimeSpan.FromSeconds(50));
        window.Count("young");
        clock.Advance(TimeSpan.FromSeconds(20));

        // Sweeps.
        window.Count("other");

        window.Count("young").Remaining.ShouldBe(0);
        window.Count("young").IsOver.ShouldBeTrue();
        window.Count("old").Remaining.ShouldBe(1);
    }

    [Fact]
    public async Task Count_FromManyThreadsWhileTheSweepRuns_AdmitsExactlyTheLimit()
    {
        const int Most = 50;
        var window = new SlidingWindow<string>("requests", Most, clock);
        for (var minute = 0; minute < 20; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));

            var admitted = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 25).Count(_ => !window.Count("key").IsOver)))
            );

            admitted.Sum().ShouldBe(Most);
        }
    }
}
