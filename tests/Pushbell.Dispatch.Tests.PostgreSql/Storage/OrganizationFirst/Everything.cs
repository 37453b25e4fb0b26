using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>
/// Everything that the product does with its database, done once: it is for the statements' sake, what comes of them is others' to test.
/// </summary>
internal sealed class Everything(TestDispatch dispatch)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private DispatchNode Node => dispatch.Node;

    private Caller Us => dispatch.Caller;

    private Caller Page => Us with { Kind = KeyKind.Publishable };

    public async Task DoAsync()
    {
        await RegisterAsync();
        await SendAsync();
        await BroadcastAsync();
        await new EverythingRead(dispatch).DoAsync();
        await RetryAsync();
        await RecallAsync();
        await QuarantineAsync();
        await ManageAsync();
        await SweepAsync();
    }

    private async Task RegisterAsync()
    {
        var browser = dispatch.PushService.CreateSubscription();
        var ann = new NewRegistration(Page, Seed.Subscription(browser)) { Email = "ann@example.com", KeepEmail = true, UserId = "ann" };
        await dispatch.Seed.RegisterAsync(ann);
        var registered = await dispatch.Seed.RegisterAsync(ann);
        var holder = (await Node.Holders.FindAsync(registered.RegistrationId, registered.Token, None)).ShouldNotBeNull();
        var renewed = new RegistrationChange
        {
            Subscription = Seed.Subscription(dispatch.PushService.CreateSubscription()),
            Identity = new Identity("ann@example.com", "ann"),
        };
        (await Node.Get<ChangeRegistration>().RunAsync(holder, renewed, None)).ShouldBeNull();
        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Node.Get<Heartbeat>().RunAsync(holder, None)).ShouldNotBeNull();
        (await Node.Registrations.FindAsync(Us, registered.RegistrationId, None)).ShouldNotBeNull();
        var filter = new RegistrationFilter { Email = "ann@example.com", Status = RegistrationStatus.Active, After = long.MaxValue };
        (await Node.Registrations.ListAsync(Us, filter, None)).Total.ShouldBe(1);

        var leaves = await dispatch.Seed.DeviceAsync();
        (await Node.UnregisterAsync(leaves.Id, leaves.Token)).ShouldBeTrue();
        (await Node.End.DeregisterAsync(Us, leaves.Id, "test", None)).ShouldBeTrue();
        await dispatch.Seed.DeviceAsync("bob@example.com");
        (await Node.End.UnsubscribeAsync(Us, "bob@example.com", None)).ShouldBe(1);
    }

    private async Task SendAsync()
    {
        var key = new IdempotencyKey("key-1", "hash");
        var once = dispatch.Request(new Target.Emails(["ann@example.com"])) with { Once = key };
        var first = await dispatch.SendAsync(once);
        await Node.Idempotency.RememberAsync(Us, key, first.Id, [1], None);
        (await dispatch.SendAsync(once)).Id.ShouldBe(first.Id);
        // Died before its first answer could be kept: the ledger answers.
        var unanswered = new IdempotencyKey("key-2", "hash");
        await dispatch.AcceptAsync(once with { Once = unanswered });
        (await Node.Accept.RunAsync(once with { Once = unanswered }, None)).Failure.ShouldBeOfType<Failure.InFlight>();
        dispatch.Clock.Advance(TimeSpan.FromSeconds(11));
        await DrainAsync();

        await dispatch.SendAsync(dispatch.Request(new Target.UserIds(["ann"])) with { DryRun = true });
        await dispatch.SendAsync(dispatch.Request(new Target.UserIds(["ann"])) with { SendAt = dispatch.Clock.GetUtcNow().AddMinutes(1) });
        await dispatch.SendAsync(new Target.Everyone());
        var device = await dispatch.Seed.DeviceAsync();
        var sent = await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]), queue: true);
        var batch = (await Node.NextAsync()).ShouldNotBeNull();
        (await Node.RenewAsync(batch)).ShouldBe(Hold.Kept);
        await Node.Deliver.RunAsync(batch, None);
        (await Node.Receipts.CountAsync(new RegistrationHolder(Us, device.Id, ""), [new Receipt(sent.Id, ReceiptEvents.Shown)])).ShouldBe(1);
        (await Node.Notifications.ListAsync(Us, 10, after: null, None)).ShouldNotBeEmpty();
        (await dispatch.StatesAsync(sent.Id)).ShouldHaveSingleItem();
        await FollowAsync(device);
    }

    private async Task FollowAsync(Device device)
    {
        var links = new ClickLinks(dispatch.Database, dispatch.Master, "https://push.example.com");
        var sent = await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]));
        var link = links.Create(Us with { ClickLinks = true }, sent.Id, "https://example.com/").ShouldNotBeNull();
        var token = link.Split(ClickLinks.Path)[1];
        await dispatch.ExecuteAsync(
            "UPDATE notification SET link_target = 'https://example.com/' WHERE organization_id = @OrganizationId AND id = @Id",
            new { Us.OrganizationId, sent.Id }
        );
        (await links.FollowAsync(token, count: true, None)).ShouldBe("https://example.com/");
    }

    private async Task BroadcastAsync()
    {
        await dispatch.Seed.ManyDevicesAsync(600);
        var sent = await dispatch.SendAsync(new Target.Everyone());
        await DrainAsync();
        (await dispatch.NotificationAsync(sent.Id)).Status.ShouldBe(NotificationStatus.Completed);
    }

    private async Task RetryAsync()
    {
        var device = await dispatch.Seed.DeviceAsync(host: Device.WindowsHost);
        device.Browser.Script(
            new ScriptedAnswer { Status = 500 },
            new ScriptedAnswer { Status = 429, RetryAfter = "60" },
            new ScriptedAnswer { Status = 413 },
            new ScriptedAnswer { Status = 401, Repeat = true }
        );
        await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            dispatch.Clock.Advance(TimeSpan.FromMinutes(2));
            await DrainAsync();
        }

        for (var refused = 0; refused < 20; refused++)
        {
            await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]));
        }

        await ResolveAsync(AlarmKind.RefusesEveryone, restore: false);
    }

    private async Task RecallAsync()
    {
        var absent = await AbsentBrowser.SubscribeAsync(dispatch.PushService);
        var registered = await dispatch.Seed.RegisterAsync(new NewRegistration(Us, absent));
        var target = new Target.RegistrationIds([PublicId.Registration(registered.RegistrationId)]);
        var stored = await dispatch.SendAsync(target);
        await dispatch.CancelAsync(stored.Id);
        (await Node.Withdrawals.NextAsync(None)).ShouldBeTrue();

        await using var messages = new MessageResource(503, 204);
        var again = dispatch.StartNode(trusted: messages.Origin);
        var kept = await dispatch.SendAsync(target);
        await dispatch.ExecuteAsync(
            "UPDATE stored_message SET locations = @locations WHERE organization_id = @OrganizationId AND notification_id = @Id",
            new { Us.OrganizationId, kept.Id, locations = $"""["{messages.Origin}/1"]""" }
        );
        await dispatch.CancelAsync(kept.Id);
        (await again.Withdrawals.NextAsync(None)).ShouldBeTrue();

        var waiting = await dispatch.SendAsync(target, queue: true);
        await dispatch.CancelAsync(waiting.Id);
    }

    private async Task QuarantineAsync()
    {
        var crowd = await dispatch.Seed.ManyDevicesAsync(600);
        foreach (var device in crowd.Take(500))
        {
            device.Browser.Remove();
        }

        foreach (var restore in new[] { true, false })
        {
            var sent = await dispatch.SendAsync(new Target.Everyone());
            await DrainAsync();
            (await dispatch.NotificationAsync(sent.Id)).Gone.ShouldBe(500);
            await ResolveAsync(AlarmKind.MassGone, restore);
        }

        // The whole broadcast's cursor is through, and the last ones have left meanwhile.
        await dispatch.SendAsync(new Target.Everyone());
        await Node.End.DeregisterAsync(Us, crowd[^1].Id, "test", None);
        await DrainAsync();
    }

    private async Task ManageAsync()
    {
        await Node.Get<ChangePlan>().RunAsync(Us.OrganizationId, Plan.Custom(500_000, 500_000), None);
        await dispatch.Database.WriteAsync(session => Node.Credits.TopUpAsync(session, Us.OrganizationId, 5, "test"), None);
        (await Node.Get<CreditQueries>().StatementAsync(Us.OrganizationId, 10, None)).Movements.ShouldNotBeEmpty();
        (await Node.Get<OrganizationQueries>().FindAsync(Us.OrganizationId, None)).ShouldNotBeNull().CreditToppedUp.ShouldBeGreaterThan(5);
        (await dispatch.Database.ReadAsync(session => Node.Quota.UsageAsync(session, Us.OrganizationId), None)).ShouldNotBeNull();
        (await Node.Services.GetWithSubscribersAsync(Us.OrganizationId, Us.ServiceId, None)).Subscribers.ShouldBeGreaterThan(0);
        await Node.Get<VapidRotation>().RotateAsync(Us.OrganizationId, Us.ServiceId, VapidKeys.Generate(), None);
        (await Node.Get<VapidKeyQueries>().ListAsync(Us.OrganizationId, Us.ServiceId, None)).Count.ShouldBe(2);
        var window = Node.Get<RequestWindows>().Create("requests", 3);
        (await window.CountAsync(Us.OrganizationId, "key", None)).IsOver.ShouldBeFalse();
    }

    private async Task SweepAsync()
    {
        dispatch.Clock.Advance(TimeSpan.FromDays(31));
        await DrainAsync();
        await Node.Sweeper.SweepAsync(None);
        (await Node.Notifications.ListAsync(Us, 10, after: null, None)).ShouldNotBeNull();
    }

    private async Task ResolveAsync(AlarmKind kind, bool restore)
    {
        var alarms = await Node.Alarms.ListAsync(Us.OrganizationId, None);
        var open = alarms.Single(alarm => alarm.Kind == kind && alarm.ResolvedAt is null);
        (await Node.Quarantine.ResolveAsync(Us.OrganizationId, open.Id, restore, None)).ShouldNotBeNull();
    }

    private async Task DrainAsync()
    {
        await using var flow = new ClockFlow(dispatch.Clock);
        await Node.DrainAsync();
    }
}
