using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>One push service is ill; the others' messages go on, and it is not beaten while it is down.</summary>
public sealed class SickPushServiceTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(new DeliverySettings { Window = 8 });

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Run_OneHangs_OthersGoOnMeanwhile()
    {
        var hanging = new List<Device>();
        for (var device = 0; device < 30; device++)
        {
            hanging.Add(await dispatch.Seed.DeviceAsync(host: Device.MozillaHost));
            hanging[^1].Browser.Script(new ScriptedAnswer { Fault = Fault.Hang, Repeat = true });
        }

        var others = await dispatch.Seed.DevicesAsync(20);
        await using var flow = new ClockFlow(dispatch.Clock);
        var sending = dispatch.SendAsync(new Target.Everyone());

        await Eventually.BecomesTrueAsync(() => others.All(device => device.Browser.MessageCount == 1), "the others have theirs");
        await Eventually.BecomesTrueAsync(async () => await dispatch.ValueAsync<int>("SELECT accepted FROM notification") == 20, "and the answers are here");
        dispatch.PushService.Counters.Unanswered.ShouldBeLessThan(8, "it never has the whole window");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));
        var sent = await sending;
        (sent.Accepted, sent.Pending).ShouldBe((20, 30));
        var states = await dispatch.StatesAsync(sent.Id);
        states.Count(state => state.Reason == DeliveryReason.Timeout).ShouldBeInRange(1, 7);
        states.Count(state => state.Reason == DeliveryReason.PushServiceDown).ShouldBeInRange(23, 29);
    }

    [Fact]
    public async Task Run_EightFaultsInARow_IsLeftAloneThenProbedByOneMessageUntilItIsBack()
    {
        var devices = await dispatch.Seed.DevicesAsync(12);
        Array.ForEach(devices, device => device.Browser.Script(new ScriptedAnswer { Fault = Fault.Reset, Repeat = true }));
        await using var flow = new ClockFlow(dispatch.Clock);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        var posts = dispatch.PushService.Counters.Posts;
        posts.ShouldBeInRange(8, 12);

        var beside = await dispatch.Seed.DeviceAsync();
        var held = await dispatch.SendAsync(new Target.RegistrationIds([beside.PublicId]));
        (await dispatch.StatesAsync(held.Id)).ShouldBe([new DeliveryState(DeliveryEnd.Pending, DeliveryReason.PushServiceDown)]);
        dispatch.PushService.Counters.Posts.ShouldBe(posts, "it is left alone");

        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        beside.Browser.Script(new ScriptedAnswer { Fault = Fault.Reset });
        await dispatch.Node.DrainAsync();
        dispatch.PushService.Counters.Posts.ShouldBe(posts + 1, "one message asks whether it is back");

        Array.ForEach(devices, device => device.Browser.Script());
        beside.Browser.Script();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                dispatch.Clock.Advance(TimeSpan.FromSeconds(5));
                await dispatch.Node.DrainAsync();
                return (await dispatch.NotificationAsync(sent.Id)).CompletedAt is not null
                    && (await dispatch.NotificationAsync(held.Id)).CompletedAt is not null;
            },
            "it is back"
        );
        devices.Append(beside).ShouldAllBe(device => device.Browser.MessageCount == 1);
        dispatch.PushService.Counters.Posts.ShouldBe(posts + 1 + 13, "each message that was put off is sent once");
    }
}
