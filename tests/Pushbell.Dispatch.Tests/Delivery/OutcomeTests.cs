using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>What each answer of a push service does to the delivery, the registration, the quota and the credit.</summary>
public sealed class OutcomeTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(plan: Plan.Find("starter"), credits: 50);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Send_Accepted_ArrivesAndCostsOne()
    {
        var device = await dispatch.Seed.DeviceAsync();

        var sent = await dispatch.SendAsync(new Target.Everyone());

        sent.Status.ShouldBe(NotificationStatus.Completed);
        (sent.Accepted, sent.Failed, sent.Pending).ShouldBe((1, 0, 0));
        var message = device.Browser.Messages.ShouldHaveSingleItem();
        message.Ttl.ShouldBe(NotificationContent.DefaultTtlSeconds);
        message.Text!.ShouldContain($"\"tag\":\"{PublicId.Notification(sent.Id)}\"");
        (await FindAsync(device)).NotificationCount.ShouldBe(1);
        await ShouldHaveUsedAsync(quota: 1, spent: 1);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Send_Gone_ExpiresTheRegistrationAndCostsNothing(int status)
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = status });

        var sent = await dispatch.SendAsync(new Target.Everyone());

        (sent.Accepted, sent.Gone, sent.Pending).ShouldBe((0, 1, 0));
        sent.Status.ShouldBe(NotificationStatus.Completed);
        sent.InvalidRegistrations.ShouldBe([device.PublicId]);
        (await FindAsync(device)).Status.ShouldBe(RegistrationStatus.Expired);
        (await dispatch.SendAsync(new Target.Everyone())).TotalTargets.ShouldBe(0);
        await ShouldHaveUsedAsync(quota: 0, spent: 0);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(301)]
    [InlineData(418)]
    public async Task Send_Refused_IsRejectedAndTheRegistrationKept(int status)
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = status });

        var sent = await dispatch.SendAsync(new Target.Everyone());

        (sent.Accepted, sent.Rejected, sent.Pending).ShouldBe((0, 1, 0));
        sent.InvalidRegistrations.ShouldBeEmpty();
        (await FindAsync(device)).Status.ShouldBe(RegistrationStatus.Active);
        await ShouldHaveUsedAsync(quota: 0, spent: 0);
    }

    [Fact]
    public async Task Send_MadeWithAnotherVapidKey_IsInactiveUntilItSubscribesAgain()
    {
        var device = await ScriptedAsync(
            Device.MozillaHost,
            new ScriptedAnswer { Status = 403, Body = """{"code":403,"errno":109,"message":"VAPID public key mismatch"}""" }
        );

        var sent = await dispatch.SendAsync(new Target.Everyone());

        sent.Rejected.ShouldBe(1);
        var found = await FindAsync(device);
        found.Status.ShouldBe(RegistrationStatus.Inactive);
        found.StatusReason!.ShouldContain("subscribe again");
        await ShouldHaveUsedAsync(quota: 0, spent: 0);
    }

    [Fact]
    public async Task Send_FiveRefusalsOverThreeDays_IsInactive()
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = 400, Repeat = true });

        await SendFiveTimesAsync(TimeSpan.FromHours(17));
        (await FindAsync(device)).Status.ShouldBe(RegistrationStatus.Active, "five refusals in 68 hours");
        dispatch.Clock.Advance(TimeSpan.FromHours(5));
        await dispatch.SendAsync(new Target.Everyone());

        (await FindAsync(device)).Status.ShouldBe(RegistrationStatus.Inactive);
        (await dispatch.ValueAsync<int>("SELECT active_registrations FROM service")).ShouldBe(0);
    }

    [Theory]
    [InlineData(401, null)]
    [InlineData(403, null)]
    [InlineData(410, "Domain Blocked")]
    public async Task Send_RefusalThatIsAboutUs_IsNeverHeldAgainstTheRegistration(int status, string? windowsError)
    {
        var headers = windowsError is null ? null : new Dictionary<string, string> { ["X-WNS-Error-Description"] = windowsError };
        var device = await ScriptedAsync(
            windowsError is null ? null : Device.WindowsHost,
            new ScriptedAnswer
            {
                Status = status,
                Headers = headers,
                Repeat = true,
            }
        );

        await SendFiveTimesAsync(TimeSpan.FromHours(24));
        // One that blocks us as a whole is left alone for a while.
        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        var sent = await dispatch.SendAsync(new Target.Everyone());

        sent.Rejected.ShouldBe(1);
        (await FindAsync(device)).Status.ShouldBe(RegistrationStatus.Active);
    }

    [Fact]
    public async Task Send_EverySortOfAnswerAtOnce_AddsUp()
    {
        foreach (var status in new int?[] { null, null, 410, 404, 400, 413, 429, 500, 503 })
        {
            await ScriptedAsync(new ScriptedAnswer { Status = status });
        }

        var first = await dispatch.SendAsync(new Target.Everyone());
        (first.TotalTargets, first.Accepted, first.Gone, first.Rejected, first.Pending).ShouldBe((9, 2, 2, 2, 3));
        first.Status.ShouldBe(NotificationStatus.Processing);
        first.CompletedAt.ShouldBeNull();
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(45, 3, 2, 50));

        dispatch.Clock.Advance(TimeSpan.FromSeconds(10));
        await dispatch.Node.DrainAsync();

        var final = await dispatch.NotificationAsync(first.Id);
        (final.Accepted, final.Failed, final.Pending).ShouldBe((5, 4, 0));
        final.CompletedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        await ShouldHaveUsedAsync(quota: 5, spent: 5);
    }

    [Fact]
    public async Task Send_DeregisteredAfterAcceptance_IsCancelledAndNothingIsSent()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, device.Id, null, CancellationToken.None);

        await dispatch.Node.DrainAsync();

        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        (notification.Cancelled, notification.Pending).ShouldBe((1, 0));
        dispatch.PushService.Counters.Posts.ShouldBe(0);
        await ShouldHaveUsedAsync(quota: 0, spent: 0);
    }

    [Fact]
    public async Task Send_ExpiredByAnotherNotification_IsGone()
    {
        var device = await ScriptedAsync(new ScriptedAnswer { Status = 410, Repeat = true });
        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);
        await dispatch.SendAsync(new Target.Everyone());

        await dispatch.Node.DrainAsync();

        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        notification.Gone.ShouldBe(1);
        notification.InvalidRegistrations.ShouldBe([device.PublicId]);
        dispatch.PushService.Counters.Posts.ShouldBe(1);
    }

    private async Task SendFiveTimesAsync(TimeSpan apart)
    {
        for (var send = 0; send < 5; send++)
        {
            dispatch.Clock.Advance(send == 0 ? TimeSpan.Zero : apart);
            await dispatch.SendAsync(new Target.Everyone());
        }
    }

    private Task<Device> ScriptedAsync(ScriptedAnswer answer) => ScriptedAsync(host: null, answer);

    private async Task<Device> ScriptedAsync(string? host, ScriptedAnswer answer)
    {
        var device = await dispatch.Seed.DeviceAsync(host: host);
        device.Browser.Script(answer);
        return device;
    }

    private async Task<Registration> FindAsync(Device device) =>
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None)).ShouldNotBeNull();

    private async Task ShouldHaveUsedAsync(int quota, int spent)
    {
        (await dispatch.ValueAsync<int>("SELECT used FROM quota_window WHERE kind = 0")).ShouldBe(quota);
        (await dispatch.ValueAsync<int>("SELECT used FROM quota_window WHERE kind = 1")).ShouldBe(quota);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(50 - spent, 0, spent, 50));
    }
}
