using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>What a push service asked one process for, every process of the organization obeys, and a later life of it too.</summary>
public sealed class SharedGateTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Send_AnotherNodeWasAskedToWait_WaitsToo()
    {
        await ThrottledAsync("600");
        await using var reopened = await dispatch.ReopenAsync();
        var other = dispatch.StartNode(database: reopened);

        var held = await SendAsync(other);

        (await dispatch.StatesAsync(held)).ShouldBe([new DeliveryState(DeliveryEnd.Pending, DeliveryReason.AskedToWait)]);
        dispatch.PushService.Counters.Posts.ShouldBe(1);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(599));
        (await other.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.DrainAsync();
        (await dispatch.NotificationAsync(held)).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Send_NodeThatWasRunningBefore_LearnsItWithItsNextBatch()
    {
        var other = dispatch.StartNode();
        (await dispatch.StatesAsync(await SendAsync(other))).ShouldAllBe(state => state.End == DeliveryEnd.Accepted);
        await ThrottledAsync("600");

        (await dispatch.StatesAsync(await SendAsync(other))).ShouldAllBe(state => state.Reason == DeliveryReason.AskedToWait);
    }

    [Fact]
    public async Task Send_LongestWaitThatMayBeAsked_IsObeyedByARestartedNode()
    {
        await ThrottledAsync("86400");

        (await dispatch.StatesAsync(await SendAsync(dispatch.StartNode()))).ShouldAllBe(state => state.Reason == DeliveryReason.AskedToWait);
    }

    [Fact]
    public async Task Send_GateDatedBeyondADay_IsIgnoredAndMendedByTheNextAnswer()
    {
        await ThrottledAsync("60");
        await dispatch.ExecuteAsync(
            "UPDATE origin_state SET closed_until = @until",
            new { until = dispatch.Clock.GetUtcNow().AddDays(2).ToUnixTimeMilliseconds() }
        );

        (await dispatch.StatesAsync(await SendAsync(dispatch.StartNode()))).ShouldAllBe(state => state.End == DeliveryEnd.Accepted);
        await ThrottledAsync("90", dispatch.StartNode());

        (await dispatch.ValueAsync<long>("SELECT closed_until FROM origin_state")).ShouldBe(
            dispatch.Clock.GetUtcNow().AddSeconds(90).ToUnixTimeMilliseconds()
        );
    }

    [Fact]
    public async Task Send_AskedForLessAfterwards_KeepsTheLongerWait()
    {
        await ThrottledAsync("600");
        var until = await dispatch.ValueAsync<long>("SELECT closed_until FROM origin_state");
        // A process that has not heard of it yet gets an answer with a shorter one.
        await dispatch.ExecuteAsync("UPDATE origin_state SET closed_until = 0");
        var ignorant = dispatch.StartNode();
        await ThrottledAsync("5", ignorant);
        await dispatch.ExecuteAsync("UPDATE origin_state SET closed_until = @until", new { until });
        dispatch.Clock.Advance(TimeSpan.FromSeconds(5));

        (await dispatch.StatesAsync(await SendAsync(ignorant))).ShouldAllBe(state => state.Reason == DeliveryReason.AskedToWait);
    }

    private async Task ThrottledAsync(string retryAfter, DispatchNode? node = null)
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 429, RetryAfter = retryAfter });
        var sent = await dispatch.SendAsync(dispatch.Request(new Target.RegistrationIds([device.PublicId])), node);
        (await dispatch.StatesAsync(sent.Id)).ShouldBe([new DeliveryState(DeliveryEnd.Pending, DeliveryReason.Throttled)]);
    }

    private async Task<long> SendAsync(DispatchNode node)
    {
        var device = await dispatch.Seed.DeviceAsync();
        return (await dispatch.SendAsync(dispatch.Request(new Target.RegistrationIds([device.PublicId])), node)).Id;
    }
}
