using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Fixtures;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Advance_WhileAnotherMovesItOn_DoesNotTurnItBack()
    {
        var start = clock.GetUtcNow();
        using var timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromMinutes(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(2));

        (clock.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void Advance_PastTimers_FiresEachAtItsTime()
    {
        var start = clock.GetUtcNow();
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow() - start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        fired.Select(after => after.TotalSeconds).ShouldBe([1, 3, 5]);
        clock.NextDue.ShouldBe(start + TimeSpan.FromSeconds(7));
    }
}
