using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A push service that refuses us, not this or that message, is paused and looked at; nobody loses a registration for it.</summary>
public sealed class RefusesEveryoneTests : IAsyncLifetime
{
    private static readonly DeliveryState AskedToWait = new(DeliveryEnd.Pending, DeliveryReason.AskedToWait);
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 200);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Send_TwentyRefusalsOfUs_PausesAndLetsTheOthersWait(int status)
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = status, Repeat = true });
        for (var send = 0; send < 20; send++)
        {
            (await AlarmsAsync()).ShouldBeEmpty();
            (await SendAsync(device)).Rejected.ShouldBe(1);
        }

        var alarm = (await AlarmsAsync()).ShouldHaveSingleItem();
        (alarm.Kind, alarm.ResolvedAt).ShouldBe((AlarmKind.RefusesEveryone, null));
        var healthy = await dispatch.Seed.DeviceAsync();
        var waiting = await SendAsync(healthy);
        (await dispatch.StatesAsync(waiting.Id)).ShouldBe([AskedToWait]);
        dispatch.PushService.Counters.Posts.ShouldBe(20);

        dispatch.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(waiting.Id)).Accepted.ShouldBe(1);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE status <> 0")).ShouldBe(0);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(199, 0, 1, 200));
    }

    [Fact]
    public async Task Send_StillRefusedAfterThePause_PausesAgainUnderTheSameAlarm()
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = 403, Repeat = true });
        for (var send = 0; send < 20; send++)
        {
            await SendAsync(device);
        }

        dispatch.Clock.Advance(TimeSpan.FromMinutes(15));
        (await SendAsync(device)).Rejected.ShouldBe(1);

        (await dispatch.StatesAsync((await SendAsync(device)).Id)).ShouldBe([AskedToWait]);
        (await AlarmsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_OneAcceptedInBetween_IsNoPause()
    {
        var refusals = Enumerable.Repeat(new ScriptedAnswer { Status = 401 }, 19).ToArray();
        var device = await ScriptedAsync([.. refusals, new ScriptedAnswer(), .. refusals, new ScriptedAnswer()]);
        for (var send = 0; send < 40; send++)
        {
            (await SendAsync(device)).Pending.ShouldBe(0);
        }

        (await AlarmsAsync()).ShouldBeEmpty();
        device.Browser.MessageCount.ShouldBe(2);
    }

    [Fact]
    public async Task Send_ToManyAtOnceAllRefused_PausesOnlyThisOrganization()
    {
        for (var device = 0; device < 25; device++)
        {
            await ScriptedAsync(new ScriptedAnswer { Status = 403, Repeat = true });
        }

        (await dispatch.SendAsync(new Target.Everyone())).Rejected.ShouldBe(25);

        (await AlarmsAsync()).Count.ShouldBe(1);
        var stranger = await dispatch.Seed.OrganizationAsync();
        await dispatch.Seed.DeviceAsync(caller: stranger);
        (await dispatch.SendAsync(dispatch.Request(new Target.Everyone()) with { Caller = stranger })).Accepted.ShouldBe(1);
        (await dispatch.Node.Alarms.ListAsync(stranger.OrganizationId, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Send_WindowsBlocksTheDomain_PausesAtOnceAndExpiresNobody(int status)
    {
        var blocked = new ScriptedAnswer
        {
            Status = status,
            Headers = new Dictionary<string, string> { ["X-WNS-Error-Description"] = "Domain Blocked" },
        };
        var device = await ScriptedAsync(Device.WindowsHost, blocked);

        var refused = await SendAsync(device);

        (await dispatch.StatesAsync(refused.Id)).ShouldBe([new DeliveryState(DeliveryEnd.Rejected, DeliveryReason.HostBlocked)]);
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None))!.Status.ShouldBe(RegistrationStatus.Active);
        (await AlarmsAsync()).Single().Kind.ShouldBe(AlarmKind.RefusesEveryone);
        var waiting = await SendAsync(device);
        (await dispatch.StatesAsync(waiting.Id)).ShouldBe([AskedToWait]);
        (await SendAsync(await dispatch.Seed.DeviceAsync())).Accepted.ShouldBe(1, "another push service is not concerned");

        dispatch.Clock.Advance(TimeSpan.FromMinutes(15));
        await dispatch.Node.DrainAsync();
        (await dispatch.NotificationAsync(waiting.Id)).Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resolve_ThePause_OpensTheGateForEveryNode(bool started)
    {
        var device = await ScriptedAsync([.. Enumerable.Repeat(new ScriptedAnswer { Status = 401 }, 20)]);
        for (var send = 0; send < 20; send++)
        {
            await SendAsync(device);
        }

        var alarm = (await AlarmsAsync()).Single();
        (await dispatch.Node.Quarantine.ResolveAsync(alarm.OrganizationId, alarm.Id, restore: true, CancellationToken.None)).ShouldBe(0);

        (await dispatch.SendAsync(dispatch.Request(new Target.Everyone()), started ? dispatch.StartNode() : dispatch.Node)).Accepted.ShouldBe(1);
    }

    private Task<Device> ScriptedAsync(params ScriptedAnswer[] answers) => ScriptedAsync(host: null, answers);

    private async Task<Device> ScriptedAsync(string? host, params ScriptedAnswer[] answers)
    {
        var device = await dispatch.Seed.DeviceAsync(host: host);
        device.Browser.Script(answers);
        return device;
    }

    private Task<Notification> SendAsync(Device device) => dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]));

    private Task<IReadOnlyList<Alarm>> AlarmsAsync() => dispatch.Node.Alarms.ListAsync(dispatch.Caller.OrganizationId, CancellationToken.None);
}
