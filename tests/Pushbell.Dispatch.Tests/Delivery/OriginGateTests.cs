using Pushbell.Dispatch.Delivery;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class OriginGateTests
{
    private const string Origin = "https://push.example";
    private readonly ManualTimeProvider clock = new();
    private readonly OriginGate gate;

    public OriginGateTests() => gate = new OriginGate(clock);

    [Fact]
    public void ClosedUntil_NeverClosed_IsOpen() => gate.ClosedUntil(1, Origin).ShouldBeNull();

    [Fact]
    public void Close_ForAWhile_OpensByItself()
    {
        gate.Close(1, Origin, TimeSpan.FromSeconds(60));
        gate.ClosedUntil(1, Origin).ShouldBe(clock.GetUtcNow().AddSeconds(60));

        clock.Advance(TimeSpan.FromSeconds(59));
        gate.ClosedUntil(1, Origin).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        gate.ClosedUntil(1, Origin).ShouldBeNull();
    }

    [Fact]
    public void Close_AgainForShorter_KeepsTheLaterTime()
    {
        gate.Close(1, Origin, TimeSpan.FromSeconds(60));
        gate.Close(1, Origin, TimeSpan.FromSeconds(5));
        gate.ClosedUntil(1, Origin).ShouldBe(clock.GetUtcNow().AddSeconds(60));

        gate.Close(1, Origin, TimeSpan.FromSeconds(90));
        gate.ClosedUntil(1, Origin).ShouldBe(clock.GetUtcNow().AddSeconds(90));
    }

    [Fact]
    public void Close_OneTenantAndOrigin_LeavesOthersOpen()
    {
        gate.Close(1, Origin, TimeSpan.FromSeconds(60));

        gate.ClosedUntil(2, Origin).ShouldBeNull();
        gate.ClosedUntil(1, Origin + ":8443").ShouldBeNull();
    }
}
