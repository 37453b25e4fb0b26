using Pushbell.Dispatch.Delivery;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class OriginHealthTests
{
    private const string Origin = "https://push.example";
    private readonly ManualTimeProvider clock = new();
    private readonly OriginHealth health;

    public OriginHealthTests() => health = new OriginHealth(clock);

    [Fact]
    public void Failed_SevenTimes_MeansNothing()
    {
        Fail(7);

        health.IsSuspect(Origin).ShouldBeFalse();
        health.PausedFor(Origin).ShouldBeNull();
    }

    [Fact]
    public void Failed_EightTimesInARow_IsLeftAloneForTenSeconds()
    {
        Fail(8);

        health.IsSuspect(Origin).ShouldBeTrue();
        health.PausedFor(Origin).ShouldBe(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(9));
        health.PausedFor(Origin).ShouldBe(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        health.PausedFor(Origin).ShouldBeNull();
        health.IsSuspect(Origin).ShouldBeTrue("one message is to find out");
    }

    [Fact]
    public void Failed_WithAnAnswerInBetween_StartsAgain()
    {
        Fail(7);
        health.Answered(Origin);
        Fail(7);

        health.IsSuspect(Origin).ShouldBeFalse();
    }

    [Fact]
    public void Failed_WhileLeftAlone_SaysNothingNew()
    {
        Fail(100);

        health.PausedFor(Origin).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Failed_ProbeAfterProbe_IsLeftAloneLongerEachTimeUpToFiveMinutes()
    {
        Fail(8);
        var pauses = new List<double>();
        for (var probe = 0; probe < 7; probe++)
        {
            var pause = health.PausedFor(Origin).ShouldNotBeNull();
            pauses.Add(pause.TotalSeconds);
            clock.Advance(pause);
            Fail(1);
        }

        pauses.ShouldBe([10, 20, 40, 80, 160, 300, 300]);
    }

    [Fact]
    public void Answered_AfterAPause_IsHealthyAndForgetsHowLongItWas()
    {
        Fail(8);
        clock.Advance(TimeSpan.FromSeconds(10));
        Fail(1);
        health.Answered(Origin);

        health.IsSuspect(Origin).ShouldBeFalse();
        health.PausedFor(Origin).ShouldBeNull();
        Fail(8);
        health.PausedFor(Origin).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Failed_OnePushService_LeavesOthersAlone()
    {
        Fail(8);

        health.IsSuspect("https://other.example").ShouldBeFalse();
        health.PausedFor("https://other.example").ShouldBeNull();
    }

    private void Fail(int times)
    {
        for (var fault = 0; fault < times; fault++)
        {
            health.Failed(Origin);
        }
    }
}
