using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.Dispatch.Troubleshooting;
using Pushbell.LocalPushService.Faults;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Troubleshooting;

/// <summary>Each reason for which somebody is not reached, brought about for real, is what the verdict names.</summary>
public sealed class TroubleshooterTests : IAsyncLifetime
{
    private const string Ann = "ann@example.com";
    private static readonly Person Her = new Person.Email(Ann);
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(plan: Plan.Custom(hourly: 30, daily: null), credits: 2_000);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Nobody_IsUnknown()
    {
        await dispatch.Seed.DeviceAsync(Ann, caller: await dispatch.Seed.ServiceAsync());

        var diagnosis = await AskAsync(Her);

        diagnosis.Verdict.ShouldBe("Nobody is registered as ann@example.com.");
        diagnosis.Findings.ShouldHaveSingleItem().Words.ToDo.ShouldNotBeNull();
        (diagnosis.Clients.Count, diagnosis.Recent.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Nobody_WhereTokensAreRequired_IsToldOfThem()
    {
        await ChangeAsync(new ServiceChange { Identity = IdentityMode.Required });

        (await AskAsync(new Person.UserId("ann"))).Findings.ShouldContain(finding => finding.Words.What.Contains("identity token") && finding.Words.ToDo!.Contains("identity key"));
    }

    [Fact]
    public async Task Registered_NothingSent_MayBeSentATest()
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);

        var diagnosis = await AskAsync(Her);

        var finding = diagnosis.Findings.ShouldHaveSingleItem();
        (finding.Level, finding.Registration, finding.Words.ToDo).ShouldBe((FindingLevel.Warning, device.Id, "Send it a test."));
        (await AskAsync(new Person.Client(device.Id))).Clients.ShouldHaveSingleItem().Id.ShouldBe(device.Id);
    }

    [Fact]
    public async Task Shown_IsReached()
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);
        var sent = await dispatch.SendAsync(new Target.Emails([Ann]));
        await ShowAsync(device, sent);

        var diagnosis = await AskAsync(Her);

        diagnosis.Verdict.ShouldBe("ann@example.com is reached: “Title” was shown.");
        diagnosis.Findings.ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        var recent = diagnosis.Recent.ShouldHaveSingleItem();
        (recent.Sent.Notification.Id, recent.Registration, recent.State.End, recent.WasShown).ShouldBe((sent.Id, device.Id, DeliveryEnd.Accepted, true));
    }

    [Fact]
    public async Task Accepted_ButNeverShown_IsAMatterOfTheDevice()
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);
        var first = await dispatch.SendAsync(new Target.Emails([Ann]));

        (await AskAsync(Her)).Verdict.ShouldContain("never reported anything as shown");

        await ShowAsync(device, first);
        await dispatch.SendAsync(new Target.Emails([Ann]));
        (await AskAsync(Her)).Findings.ShouldContain(finding => finding.Words.What.Contains("has not been shown yet; earlier ones were"));
    }

    [Theory]
    [InlineData(410, "The only client of ann@example.com is not active.", "no longer knows this subscription")]
    [InlineData(413, "“Title” was refused. The push service found the message too large.", "")]
    [InlineData(503, "“Title” is still pending. The push service asked us to slow down.", "")]
    public async Task Answered_SoAndSo_IsNamed(int status, string verdict, string reason)
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);
        device.Browser.Script(new ScriptedAnswer { Status = status, Repeat = true });
        await dispatch.SendAsync(new Target.Emails([Ann]));

        var diagnosis = await AskAsync(Her);

        diagnosis.Verdict.ShouldContain(verdict);
        diagnosis.Findings.ShouldContain(finding => finding.Registration == device.Id && finding.Words.What.Contains(reason));
        diagnosis.Findings.ShouldAllBe(finding => finding.Words.ToDo != null);
    }

    [Fact]
    public async Task Expired_ByItsTtl_IsNamed()
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);
        device.Browser.Script(new ScriptedAnswer { Status = 500, Repeat = true });
        await dispatch.SendAsync(new Target.Emails([Ann]), ttl: 60);
        dispatch.Clock.Advance(TimeSpan.FromMinutes(2));
        await dispatch.Node.DrainAsync();

        (await AskAsync(Her)).Verdict.ShouldContain("“Title” expired. The time to live ran out");
    }

    [Fact]
    public async Task OldClient_BesideAnActiveOne_IsNoProblem()
    {
        var (old, active) = (await dispatch.Seed.DeviceAsync(Ann), await dispatch.Seed.DeviceAsync(Ann));
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, old.Id, "lost phone", CancellationToken.None);
        await ShowAsync(active, await dispatch.SendAsync(new Target.Emails([Ann])));

        var diagnosis = await AskAsync(Her);

        diagnosis.Verdict.ShouldContain("is reached");
        var finding = diagnosis.Findings.Single(finding => finding.Registration == old.Id);
        (finding.Level, finding.Words.What).ShouldBe((FindingLevel.Warning, $"{old.PublicId} is unregistered: lost phone."));
    }

    [Fact]
    public async Task OtherKey_IsMentioned()
    {
        await dispatch.Seed.DeviceAsync(Ann);
        await dispatch.Node.Get<VapidRotation>().RotateAsync(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId, VapidKeys.Generate(), CancellationToken.None);

        (await AskAsync(Her)).Findings.ShouldContain(finding => finding.Level == FindingLevel.Warning && finding.Words.What.Contains("earlier VAPID key"));
    }

    [Fact]
    public async Task PushService_ThatRefusesEveryone_IsTheReason()
    {
        var device = await dispatch.Seed.DeviceAsync(Ann);
        var elsewhere = await dispatch.Seed.DeviceAsync("bob@example.com", host: Device.MozillaHost);
        device.Browser.Script(new ScriptedAnswer { Status = 401, Repeat = true });
        for (var send = 0; send < 20; send++)
        {
            await dispatch.SendAsync(new Target.Emails([Ann]));
        }

        var diagnosis = await AskAsync(Her);

        diagnosis.Verdict.ShouldStartWith("An alarm is open: ");
        diagnosis.Findings.ShouldContain(finding => finding.Level == FindingLevel.Warning && finding.Words.What.Contains("pauses until 2026-01-15 14:45:00 UTC"));
        (await AskAsync(new Person.Client(elsewhere.Id))).Findings.ShouldNotContain(finding => finding.Words.What.Contains("alarm"));
    }

    [Fact]
    public async Task Allowance_UsedUp_IsTheReason()
    {
        await dispatch.Seed.DeviceAsync(Ann);
        await dispatch.ExecuteAsync("UPDATE organization SET custom_hourly = 2, credit_available = 2");
        await dispatch.SendAsync(new Target.Emails([Ann]));
        await dispatch.SendAsync(new Target.Emails([Ann]));

        var problems = (await AskAsync(Her)).Findings.Where(finding => finding.Level == FindingLevel.Problem).Select(finding => finding.Words.What);

        problems.ShouldBe(["The plan's quota is used up: all 2 deliveries for this hour.", "No credits are left; sends are refused."]);
    }

    [Theory]
    [InlineData(true, "switched off; nothing is sent")]
    [InlineData(false, "Notifications of My App are switched off")]
    public async Task SwitchedOff_IsTheReason(bool whole, string verdict)
    {
        await dispatch.Seed.DeviceAsync(Ann);
        await ChangeAsync(whole ? new ServiceChange { IsActive = false } : new ServiceChange { NotificationsEnabled = false });

        (await AskAsync(Her)).Verdict.ShouldContain(verdict);
    }

    [Fact]
    public async Task PlaceholderContact_MattersToAppleOnly()
    {
        var browser = dispatch.PushService.CreateSubscription();
        await dispatch.Seed.DeviceAsync(Ann);
        (await AskAsync(Her)).Findings.ShouldNotContain(finding => finding.Words.What.Contains("Apple"));

        await dispatch.Seed.RegisterAsync(
            new NewRegistration(dispatch.Caller, Seed.Subscription(browser, "https://web.push.apple.com/" + browser.Id)) { Email = Ann }
        );

        (await AskAsync(Her)).Verdict.ShouldContain("Apple refuses");
    }

    [Fact]
    public async Task Recent_OfABroadcastInManyBatches_IsFound()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET plan = 'unlimited'");
        await dispatch.Seed.ManyDevicesAsync(1_020);
        var last = await dispatch.Seed.DeviceAsync(Ann);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await using (new ClockFlow(dispatch.Clock))
        {
            await dispatch.Node.DrainAsync();
        }

        (await AskAsync(Her)).Recent.ShouldHaveSingleItem().Sent.Notification.Id.ShouldBe(sent.Id);
        (await AskAsync(new Person.Client(last.Id - 1))).Verdict.ShouldStartWith("Nobody is registered as reg_");
    }

    private Task<Diagnosis> AskAsync(Person person) => dispatch.Node.Get<Troubleshooter>().RunAsync(dispatch.Caller, person, CancellationToken.None);

    private Task ChangeAsync(ServiceChange change) =>
        dispatch.Node.Get<ChangeService>().RunAsync(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId, change, CancellationToken.None);

    private async Task ShowAsync(Device device, Notification sent) =>
        (
            await dispatch.Node.Receipts.CountAsync(new RegistrationHolder(dispatch.Caller, device.Id, ""), [new Receipt(sent.Id, ReceiptEvents.Shown)])
        ).ShouldBe(1);
}
