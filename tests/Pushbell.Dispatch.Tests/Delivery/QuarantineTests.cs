using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A push service that declares too many gone at once is not believed: none is expired on its word until somebody has looked.</summary>
public sealed class QuarantineTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    private string Origin => dispatch.PushService.HttpUrl.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Broadcast_AQuarterIsGone_KeepsThemAllAsideAndRaisesOneAlarm()
    {
        var hourBefore = await GoneAsync();
        dispatch.Clock.Advance(TimeSpan.FromMinutes(35));
        var earlier = await GoneAsync();
        var elsewhere = await dispatch.Seed.DeviceAsync(host: Device.MozillaHost);
        elsewhere.Browser.Remove();
        var stranger = await dispatch.Seed.OrganizationAsync();
        var theirs = await dispatch.Seed.DeviceAsync(caller: stranger);
        theirs.Browser.Remove();
        var devices = await dispatch.Seed.ManyDevicesAsync(600);
        var gone = devices.Where((_, at) => at % 4 == 0).ToArray();
        Array.ForEach(gone, device => device.Browser.Remove());

        var sent = await dispatch.SendAsync(new Target.Everyone());
        await dispatch.SendAsync(dispatch.Request(new Target.Everyone()) with { Caller = stranger });
        await using (new ClockFlow(dispatch.Clock))
        {
            await dispatch.Node.DrainAsync();
        }

        (await StatusesAsync([.. gone, earlier])).ShouldAllBe(row => row.Status == RegistrationStatus.Inactive && row.Reason == Quarantine.Reason);
        (await StatusesAsync([hourBefore, elsewhere, theirs])).ShouldAllBe(row => row.Status == RegistrationStatus.Expired);
        (await ActiveAsync()).ShouldBe(450);
        var notification = await dispatch.NotificationAsync(sent.Id);
        (notification.Accepted, notification.Gone, notification.InvalidRegistrations.Count).ShouldBe((450, 151, 151));
        (await dispatch.StatesAsync(sent.Id)).Count(state => state.Reason == DeliveryReason.Quarantined).ShouldBeInRange(1, 150);
        var alarm = (await AlarmsAsync()).ShouldHaveSingleItem();
        (alarm.Kind, alarm.Origin, alarm.ResolvedAt).ShouldBe((AlarmKind.MassGone, Origin, null));
        (await dispatch.Node.Alarms.ListAsync(stranger.OrganizationId, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settle_NineteenInAHundredGone_ExpiresThem()
    {
        await SettleAsync(gone: 95, of: 500);

        (await CountAsync(RegistrationStatus.Expired), await CountAsync(RegistrationStatus.Inactive)).ShouldBe((95, 0));
        (await AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settle_ExactlyAFifthGone_IsStillBelieved()
    {
        await SettleAsync(gone: 100, of: 500);

        (await AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settle_TooFewAnswersToJudge_AreBelievedUntilThereAreEnough()
    {
        await SettleAsync(gone: 499, of: 499);
        (await CountAsync(RegistrationStatus.Expired)).ShouldBe(499);
        (await AlarmsAsync()).ShouldBeEmpty();

        await SettleAsync(gone: 1, of: 1, first: 1_000);

        (await CountAsync(RegistrationStatus.Expired), await CountAsync(RegistrationStatus.Inactive)).ShouldBe((0, 500));
        (await AlarmsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Settle_SpreadOverTwoHours_CountsEachHourByItself()
    {
        await SettleAsync(gone: 400, of: 400);
        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        await SettleAsync(gone: 400, of: 400, first: 1_000);

        (await CountAsync(RegistrationStatus.Expired)).ShouldBe(800);
        (await AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settle_AlreadyInQuarantine_KeepsTheNextOnesAsideToo()
    {
        await SettleAsync(gone: 500, of: 500);
        dispatch.Clock.Advance(TimeSpan.FromHours(2));

        await SettleAsync(gone: 1, of: 3, first: 1_000);

        (await CountAsync(RegistrationStatus.Inactive)).ShouldBe(501);
        (await AlarmsAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resolve_RestoresOrExpires_AndBelievesAgain(bool restore)
    {
        await SettleAsync(gone: 300, of: 500);
        var alarm = (await AlarmsAsync()).Single();
        (await ActiveAsync()).ShouldBe(200);
        var stranger = await dispatch.Seed.OrganizationAsync();
        (await ResolveAsync(stranger.OrganizationId, alarm.Id, restore)).ShouldBeNull("it is not theirs");

        (await ResolveAsync(dispatch.Caller.OrganizationId, alarm.Id, restore)).ShouldBe(300);

        (await CountAsync(RegistrationStatus.Active)).ShouldBe(restore ? 500 : 200);
        (await CountAsync(RegistrationStatus.Expired)).ShouldBe(restore ? 0 : 300);
        (await CountAsync(RegistrationStatus.Inactive)).ShouldBe(0);
        (await ActiveAsync()).ShouldBe(restore ? 500 : 200);
        (await AlarmsAsync()).Single().ResolvedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        (await ResolveAsync(dispatch.Caller.OrganizationId, alarm.Id, restore)).ShouldBeNull("it is resolved already");

        await SettleAsync(gone: 1, of: 10, first: 1_000);
        (await CountAsync(RegistrationStatus.Expired)).ShouldBe(restore ? 1 : 301);
    }

    [Fact]
    public async Task Resolve_RegistrationThatLeftMeanwhile_StaysUnregistered()
    {
        await SettleAsync(gone: 500, of: 500);
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, 7, null, CancellationToken.None);

        (await ResolveAsync(dispatch.Caller.OrganizationId, (await AlarmsAsync()).Single().Id, restore: true)).ShouldBe(499);

        (await CountAsync(RegistrationStatus.Unregistered)).ShouldBe(1);
        (await ActiveAsync()).ShouldBe(499);
    }

    /// <summary>A device that is found gone by a send to it alone.</summary>
    private async Task<Device> GoneAsync()
    {
        var device = await dispatch.Seed.DeviceAsync();
        device.Browser.Remove();
        (await dispatch.SendAsync(new Target.RegistrationIds([device.PublicId]))).Gone.ShouldBe(1);
        return device;
    }

    /// <summary>One batch of this push service's, the first so many of it gone.</summary>
    private async Task SettleAsync(int gone, int of, int first = 1)
    {
        var ids = Enumerable.Range(first, of).Select(id => (long)id).ToArray();
        await dispatch.Seed.RegistrationsAsync(ids);
        await dispatch.AcceptAsync(new Target.RegistrationIds([.. ids.Select(PublicId.Registration)]), queue: true);
        var work = (await BatchState.LoadAsync(dispatch, (await dispatch.Node.NextAsync())!.Value)).ShouldNotBeNull();
        var group = ids.Select((_, at) => at < gone
            ? Attempt.Ended(at, DeliveryEnd.Gone, DeliveryReason.UnknownSubscription) with { Origin = Origin }
            : Attempt.Ended(at, DeliveryEnd.Accepted, DeliveryReason.None) with { Origin = Origin });
        (await dispatch.Node.Settlement.ReleaseAsync(work, [.. group], nextDue: null)).ShouldBe(Hold.Kept);
    }

    private Task<int?> ResolveAsync(long organization, long alarm, bool restore) =>
        dispatch.Node.Quarantine.ResolveAsync(organization, alarm, restore, CancellationToken.None);

    private Task<IReadOnlyList<Alarm>> AlarmsAsync() => dispatch.Node.Alarms.ListAsync(dispatch.Caller.OrganizationId, CancellationToken.None);

    private Task<int> ActiveAsync() =>
        dispatch.ValueAsync<int>("SELECT active_registrations FROM service WHERE id = @ServiceId", new { dispatch.Caller.ServiceId });

    private Task<int> CountAsync(RegistrationStatus status) =>
        dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE status = @status", new { status = (int)status });

    private async Task<IReadOnlyList<(RegistrationStatus Status, string? Reason)>> StatusesAsync(IEnumerable<Device> devices)
    {
        var found = new List<(RegistrationStatus, string?)>();
        foreach (var device in devices)
        {
            var row = await dispatch.ValueAsync<(int Status, string? Reason)>(
                "SELECT status, status_reason FROM registration WHERE id = @Id",
                new { device.Id }
            );
            found.Add(((RegistrationStatus)row.Status, row.Reason));
        }

        return found;
    }
}
