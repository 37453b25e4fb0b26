using Pushbell.Dispatch.Limits;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Limits;

public sealed class OwnWindowTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Count_OfOneKey_LeavesTheOthersTheirRoom()
    {
        var window = new OwnWindow("requests", most: 1, clock);

        window.Count(1, "a").IsOver.ShouldBeFalse();
        window.Count(1, "a").IsOver.ShouldBeTrue();
        window.Count(1, "b").IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Count_AcrossASweep_StillKnowsWhatIsYoungerThanAMinute()
    {
        var window = new OwnWindow("requests", most: 2, clock);
        window.Count(1, "old");
        clock.Advance(TimeSpan.FromSeconds(50));
        window.Count(1, "young");
        clock.Advance(TimeSpan.FromSeconds(20));

        // Sweeps.
        window.Count(1, "other");

        window.Count(1, "young").Remaining.ShouldBe(0);
        window.Count(1, "young").IsOver.ShouldBeTrue();
        window.Count(1, "old").Remaining.ShouldBe(1);
    }

    [Fact]
    public async Task Count_FromManyThreadsWhileTheSweepRuns_AdmitsExactlyTheLimit()
    {
        const int Most = 50;
        var window = new OwnWindow("requests", Most, clock);
        for (var minute = 0; minute < 20; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));

            var admitted = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 25).Count(_ => !window.Count(1, "key").IsOver)))
            );

            admitted.Sum().ShouldBe(Most);
        }
    }
}
