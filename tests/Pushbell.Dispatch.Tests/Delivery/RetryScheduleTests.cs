using Pushbell.Dispatch.Delivery;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 30)]
    [InlineData(2, 120)]
    [InlineData(3, 600)]
    [InlineData(4, 1_800)]
    [InlineData(5, 7_200)]
    [InlineData(6, 7_200)]
    [InlineData(1_000, 7_200)]
    public void After_Round_IsSpreadOverItsWholeStep(int round, int seconds)
    {
        var schedule = new RetrySchedule(new Random(1));

        var waits = Enumerable.Range(0, 1_000).Select(_ => schedule.After(round).TotalSeconds).ToArray();

        waits.Min().ShouldBeGreaterThanOrEqualTo(1);
        waits.Max().ShouldBeLessThanOrEqualTo(seconds);
        waits.Average().ShouldBe(seconds / 2.0, seconds * 0.05);
    }
}
