using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>The ledger says why a delivery ended as it did, or why it waits. (Quarantined: <see cref="QuarantineTests"/>.)</summary>
public sealed class DeliveryReasonTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(201, DeliveryEnd.Accepted, DeliveryReason.None)]
    [InlineData(404, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription)]
    [InlineData(410, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription)]
    [InlineData(400, DeliveryEnd.Rejected, DeliveryReason.BadRequest)]
    [InlineData(413, DeliveryEnd.Rejected, DeliveryReason.TooLarge)]
    [InlineData(401, DeliveryEnd.Rejected, DeliveryReason.Unauthorized)]
    [InlineData(403, DeliveryEnd.Rejected, DeliveryReason.Unauthorized)]
    [InlineData(418, DeliveryEnd.Rejected, DeliveryReason.Refused)]
    [InlineData(307, DeliveryEnd.Rejected, DeliveryReason.Refused)]
    [InlineData(406, DeliveryEnd.Pending, DeliveryReason.Throttled)]
    [InlineData(429, DeliveryEnd.Pending, DeliveryReason.Throttled)]
    [InlineData(503, DeliveryEnd.Pending, DeliveryReason.Throttled)]
    [InlineData(500, DeliveryEnd.Pending, DeliveryReason.ServerError)]
    [InlineData(502, DeliveryEnd.Pending, DeliveryReason.ServerError)]
    public Task Send_Answered_SaysWhy(int status, DeliveryEnd end, DeliveryReason reason) =>
        ShouldBecomeAsync(new DeliveryState(end, reason), new ScriptedAnswer { Status = status });

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.RefusedStream)]
    public Task Send_CutOff_IsUnreachable(Fault fault) =>
        ShouldBecomeAsync(new DeliveryState(DeliveryEnd.Pending, DeliveryReason.Unreachable), new ScriptedAnswer { Fault = fault });

    [Fact]
    public async Task Send_NeverAnswered_IsATimeout()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Fault = Fault.Hang });
        var sending = dispatch.SendAsync(new Target.Everyone());
        await Eventually.BecomesTrueAsync(() => dispatch.PushService.Counters.Unanswered == 1, "it is on the way");
        dispatch.Clock.Advance(TimeSpan.FromSeconds(15));

        await ShouldBeAsync((await sending).Id, DeliveryEnd.Pending, DeliveryReason.Timeout);
    }

    [Fact]
    public Task Send_MadeWithAnotherKey_IsAKeyMismatch() =>
        ShouldBecomeAsync(
            new DeliveryState(DeliveryEnd.Rejected, DeliveryReason.KeyMismatch),
            new ScriptedAnswer { Status = 403, Body = """{"code":403,"errno":109,"message":"VAPID public key mismatch"}""" },
            Device.MozillaHost
        );

    [Fact]
    public Task Send_DomainBlocked_IsHostBlocked() =>
        ShouldBecomeAsync(
            new DeliveryState(DeliveryEnd.Rejected, DeliveryReason.HostBlocked),
            new ScriptedAnswer { Status = 410, Headers = new Dictionary<string, string> { ["X-WNS-Error-Description"] = "Domain Blocked" } },
            Device.WindowsHost
        );

    [Fact]
    public Task Send_WindowsDropsIt_IsRefused() =>
        ShouldBecomeAsync(
            new DeliveryState(DeliveryEnd.Rejected, DeliveryReason.Refused),
            new ScriptedAnswer { Status = 201, Headers = new Dictionary<string, string> { ["X-WNS-Status"] = "dropped" }, Deliver = false },
            Device.WindowsHost
        );

    [Fact]
    public async Task Send_KeyThatIsNoPoint_IsBadKeys()
    {
        await dispatch.Seed.DeviceAsync();
        await dispatch.ExecuteAsync("UPDATE registration SET p256dh = @p256dh", new { p256dh = new byte[] { 4 }.Concat(new byte[64]).ToArray() });

        var sent = await dispatch.SendAsync(new Target.Everyone());

        await ShouldBeAsync(sent.Id, DeliveryEnd.Rejected, DeliveryReason.BadKeys);
        (await dispatch.ValueAsync<int>("SELECT status FROM registration")).ShouldBe(1, "it must subscribe again");
    }

    [Fact]
    public async Task Send_BehindAPauseThatWasAskedFor_IsAskedToWait()
    {
        var devices = await dispatch.Seed.DevicesAsync(2);
        devices[0].Browser.Script(new ScriptedAnswer { Status = 503, RetryAfter = "60" });
        await dispatch.SendAsync(new Target.RegistrationIds([devices[0].PublicId]));

        var sent = await dispatch.SendAsync(new Target.RegistrationIds([devices[1].PublicId]));

        await ShouldBeAsync(sent.Id, DeliveryEnd.Pending, DeliveryReason.AskedToWait);
    }

    [Fact]
    public async Task Send_WhileNobodyIsAnswered_IsPushServiceDown()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Fault = Fault.Reset, Repeat = true });
        for (var send = 0; send < 8; send++)
        {
            await ShouldBeAsync((await dispatch.SendAsync(new Target.Everyone())).Id, DeliveryEnd.Pending, DeliveryReason.Unreachable);
        }

        await ShouldBeAsync((await dispatch.SendAsync(new Target.Everyone())).Id, DeliveryEnd.Pending, DeliveryReason.PushServiceDown);
    }

    [Fact]
    public async Task Send_TtlEndsWhileItWaits_IsTtlEnded()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 500 });
        var sent = await dispatch.SendAsync(new Target.Everyone(), ttl: 1);

        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        await dispatch.Node.DrainAsync();

        await ShouldBeAsync(sent.Id, DeliveryEnd.Expired, DeliveryReason.TtlEnded);
    }

    [Fact]
    public async Task Send_LeftMeanwhile_IsNotActive()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, device.Id, null, CancellationToken.None);
        await dispatch.Node.DrainAsync();

        await ShouldBeAsync(accepted.Notification.Id, DeliveryEnd.Cancelled, DeliveryReason.NotActive);
    }

    [Fact]
    public async Task Cancel_BeforeItIsSent_IsCancelledByRequest()
    {
        await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await dispatch.CancelAsync(accepted.Notification.Id);

        await ShouldBeAsync(accepted.Notification.Id, DeliveryEnd.Cancelled, DeliveryReason.CancelledByRequest);
    }

    [Fact]
    public async Task Retry_ThatIsAccepted_HasNoReasonAnyMore()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Script(new ScriptedAnswer { Status = 500 });
        var sent = await dispatch.SendAsync(new Target.Everyone());

        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        await dispatch.Node.DrainAsync();

        await ShouldBeAsync(sent.Id, DeliveryEnd.Accepted, DeliveryReason.None);
    }

    [Fact]
    public void EveryState_FitsItsByte()
    {
        foreach (var end in Enum.GetValues<DeliveryEnd>())
        {
            foreach (var reason in Enum.GetValues<DeliveryReason>())
            {
                DeliveryState.Of(new DeliveryState(end, reason).ToByte()).ShouldBe(new DeliveryState(end, reason));
            }
        }
    }

    private async Task ShouldBecomeAsync(DeliveryState expected, ScriptedAnswer answer, string? host = null)
    {
        var device = await dispatch.Seed.DeviceAsync(host: host);
        device.Browser.Script(answer);

        var sent = await dispatch.SendAsync(new Target.Everyone());

        (await dispatch.StatesAsync(sent.Id)).ShouldBe([expected]);
    }

    private async Task ShouldBeAsync(long notification, DeliveryEnd end, DeliveryReason reason) =>
        (await dispatch.StatesAsync(notification)).ShouldBe([new DeliveryState(end, reason)]);
}
