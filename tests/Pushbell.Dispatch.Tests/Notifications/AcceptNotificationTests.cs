using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class AcceptNotificationTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(plan: Plan.Find("professional"), credits: 500);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Run_FewTargets_IsOneBatchLeasedToTheRequest()
    {
        var devices = await dispatch.Seed.DevicesAsync(3);

        var accepted = await dispatch.AcceptAsync(new Target.Everyone());

        var lease = accepted.Lease.ShouldNotBeNull();
        accepted.Notification.TotalTargets.ShouldBe(3);
        accepted.Notification.Status.ShouldBe(NotificationStatus.Processing);
        (await RecipientsAsync(accepted)).ShouldBe(devices.Select(device => device.Id));
        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldBeNull("it is leased to the request");
        (await dispatch.Node.RenewAsync(lease)).ShouldBe(Hold.Kept);
    }

    [Fact]
    public async Task Run_FewTargetsQueued_IsDueAtOnceForAnyWorker()
    {
        await dispatch.Seed.DevicesAsync(2);

        var accepted = await dispatch.AcceptAsync(new Target.Everyone(), queue: true);

        accepted.Lease.ShouldBeNull();
        accepted.Notification.Status.ShouldBe(NotificationStatus.Queued);
        (await dispatch.Node.DrainAsync()).ShouldBe(1);
        (await dispatch.NotificationAsync(accepted.Notification.Id)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task Run_AHundredAndOneListed_IsQueuedAndAHundredIsNot()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 101).Select(id => (long)id));
        string[] all = [.. Enumerable.Range(1, 101).Select(id => PublicId.Registration(id))];

        var hundred = await dispatch.AcceptAsync(new Target.RegistrationIds(all[..100]));
        var more = await dispatch.AcceptAsync(new Target.RegistrationIds(all));

        hundred.Lease.ShouldNotBeNull();
        more.Lease.ShouldBeNull();
        more.Notification.Status.ShouldBe(NotificationStatus.Queued);
        (await RecipientsAsync(more)).Length.ShouldBe(101);
    }

    [Fact]
    public async Task Run_MoreThanABatchListed_IsCutIntoBatchesOfFiveHundred()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET plan = 'unlimited', credit_available = NULL");
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 1_001).Select(id => (long)id));

        var accepted = await dispatch.AcceptAsync(
            new Target.RegistrationIds([.. Enumerable.Range(1, 1_001).Select(id => PublicId.Registration(id))])
        );

        (await RecipientsAsync(accepted)).ShouldBe(Enumerable.Range(1, 1_001).Select(id => (long)id));
        (await dispatch.ListAsync<int>("SELECT length(outcomes) FROM batch ORDER BY id")).ShouldBe([500, 500, 1]);
    }

    [Fact]
    public async Task Run_EveryoneOfMany_IsACursorAndNoBatchYet()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 150).Select(id => id * 10L));

        var accepted = await dispatch.AcceptAsync(new Target.Everyone());

        accepted.Lease.ShouldBeNull();
        accepted.Notification.TotalTargets.ShouldBe(150);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM batch")).ShouldBe(0);
        (await dispatch.ValueAsync<string>("SELECT cursor_after || '-' || cursor_upto FROM notification")).ShouldBe("0-1500");
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(350, 150, 0, 500));
    }

    [Fact]
    public async Task Run_People_ReachesEveryActiveDeviceOnce()
    {
        var phone = await dispatch.Seed.DeviceAsync(email: "a@example.com", userId: "a");
        var laptop = await dispatch.Seed.DeviceAsync(email: "a@example.com", userId: "a");
        var old = await dispatch.Seed.DeviceAsync(email: "a@example.com", userId: "a");
        var friend = await dispatch.Seed.DeviceAsync(email: "b@example.com", userId: "b");
        await dispatch.Seed.DeviceAsync(email: "c@example.com", userId: "c");
        await dispatch.Seed.DeviceAsync(email: "a@example.com", userId: "a", caller: await dispatch.Seed.OrganizationAsync());
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, old.Id, null, CancellationToken.None);
        long[] expected = [phone.Id, laptop.Id, friend.Id];

        var byEmail = await dispatch.AcceptAsync(
            new Target.Emails(["b@example.com", "a@example.com", "a@example.com", "nobody@example.com"])
        );
        var byUser = await dispatch.AcceptAsync(new Target.UserIds(["a", "b", "nobody"]));

        (await RecipientsAsync(byEmail)).ShouldBe(expected);
        (await RecipientsAsync(byUser)).ShouldBe(expected);
        byEmail.Notification.InvalidRegistrations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_RegistrationIds_NamesTheUnknownAndCountsEachOnce()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var ended = await dispatch.Seed.DeviceAsync();
        var theirs = await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.OrganizationAsync());
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, ended.Id, null, CancellationToken.None);
        string[] unknown =
        [
            theirs.PublicId,
            ended.PublicId,
            "reg_0000000000000",
            "nonsense",
            "nonsense",
            device.PublicId.ToUpperInvariant(),
        ];

        var accepted = await dispatch.AcceptAsync(new Target.RegistrationIds([device.PublicId, .. unknown, device.PublicId]));

        (await RecipientsAsync(accepted)).ShouldBe([device.Id]);
        accepted.Notification.TotalTargets.ShouldBe(1);
        accepted.Notification.InvalidRegistrations.ShouldBe(unknown.Distinct());
        (await dispatch.NotificationAsync(accepted.Notification.Id)).InvalidRegistrations.ShouldBe(unknown.Distinct());
    }

    [Fact]
    public async Task Run_Nobody_IsCompletedAtOnce()
    {
        var accepted = await dispatch.AcceptAsync(new Target.UserIds(["nobody"]));

        accepted.Lease.ShouldBeNull();
        accepted.Notification.Status.ShouldBe(NotificationStatus.Completed);
        var stored = await dispatch.NotificationAsync(accepted.Notification.Id);
        stored.Status.ShouldBe(NotificationStatus.Completed);
        stored.CompletedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        (await dispatch.Node.DrainAsync()).ShouldBe(0);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM credit_movement WHERE kind <> 'top-up'")).ShouldBe(0, "nothing moved");
    }

    [Fact]
    public async Task Run_NobodyWhereThatIsRefused_LeavesNoRow()
    {
        var request = dispatch.Request(new Target.UserIds(["nobody"])) with { NobodySentence = "No active device for this person" };

        var result = await dispatch.Node.Accept.RunAsync(request, CancellationToken.None);

        result.Failure.ShouldBe(new Failure.NotFound("No active device for this person"));
        await ShouldHaveLeftNothingAsync();
    }

    [Fact]
    public async Task Run_PayloadTooLarge_NamesTheExcess()
    {
        await dispatch.Seed.DeviceAsync();
        var fitting = Content(bodyLength: 3_993 - PushPayload.Create(Content(0), PublicId.Notification(1), navigate: null).Length);

        var refused = await RunAsync(fitting with { Body = fitting.Body + "äö" });
        refused.Failure.ShouldBeOfType<Failure.InvalidRequest>().Sentence.ShouldContain("4 bytes too large");
        await ShouldHaveLeftNothingAsync();

        (await RunAsync(fitting)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Run_QuotaExceeded_LeavesNoRow()
    {
        await dispatch.ExecuteAsync("UPDATE organization SET plan = 'starter'");
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 101).Select(id => (long)id));

        (await RunAsync(Content(1))).Failure.ShouldBeOfType<Failure.QuotaExceeded>();

        await ShouldHaveLeftNothingAsync();
    }

    [Fact]
    public async Task Run_CreditsShort_LeavesNoRowAndNoQuotaTaken()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 501).Select(id => (long)id));

        var failure = (await RunAsync(Content(1))).Failure.ShouldBeOfType<Failure.InsufficientCredits>();

        failure.Sentence.ShouldContain("501");
        failure.Sentence.ShouldContain("500 left");
        await ShouldHaveLeftNothingAsync();
    }

    private static NotificationContent Content(int bodyLength) => new() { Title = "T", Body = new string('x', bodyLength) };

    private Task<Result<AcceptedNotification>> RunAsync(NotificationContent content) =>
        dispatch.Node.Accept.RunAsync(new SendRequest(dispatch.Caller, new Target.Everyone(), content), CancellationToken.None);

    private async Task<long[]> RecipientsAsync(AcceptedNotification accepted)
    {
        var lists = await dispatch.ListAsync<byte[]>(
            "SELECT recipients FROM batch WHERE notification_id = @id ORDER BY id",
            new { id = accepted.Notification.Id }
        );
        return [.. lists.SelectMany(list => RecipientList.Decode(list))];
    }

    private async Task ShouldHaveLeftNothingAsync()
    {
        foreach (var table in new[] { "notification", "batch", "quota_window" })
        {
            (await dispatch.ValueAsync<int>($"SELECT count(*) FROM {table}")).ShouldBe(0, table);
        }

        (await Books.OfAsync(dispatch)).ShouldBe(new Books(500, 0, 0, 500));
    }
}
