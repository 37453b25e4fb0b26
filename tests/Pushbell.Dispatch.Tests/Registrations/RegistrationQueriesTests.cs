using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class RegistrationQueriesTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task List_Everyone_IsNewestFirstAndOnlyOnesOwn()
    {
        var devices = await dispatch.Seed.DevicesAsync(5);
        await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.OrganizationAsync());
        await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.ServiceAsync());

        var page = await ListAsync(new RegistrationFilter());

        page.Total.ShouldBe(5);
        Ids(page).ShouldBe(devices.Select(device => device.Id).Reverse());
    }

    [Fact]
    public async Task List_ByPageOrByCursor_SeesEachOnce()
    {
        var devices = await dispatch.Seed.DevicesAsync(7);

        var byPage = new List<long>();
        for (var offset = 0; offset < 9; offset += 3)
        {
            byPage.AddRange(Ids(await ListAsync(new RegistrationFilter { Limit = 3, Offset = offset })));
        }

        var byCursor = new List<long>();
        for (long? after = null; byCursor.Count < 7; after = byCursor[^1])
        {
            var page = await ListAsync(new RegistrationFilter { Limit = 3, After = after });
            page.Total.ShouldBe(7);
            byCursor.AddRange(Ids(page));
        }

        byPage.ShouldBe(devices.Select(device => device.Id).Reverse());
        byCursor.ShouldBe(byPage);
        Ids(await ListAsync(new RegistrationFilter { After = byCursor[^1] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Filtered_HoldsWhatFitsOnly()
    {
        var active = await dispatch.Seed.DeviceAsync(email: "person@example.com");
        var ended = await dispatch.Seed.DeviceAsync(email: "person@example.com");
        await dispatch.Seed.DeviceAsync(email: "other@example.com");
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, ended.Id, null, CancellationToken.None);

        Ids(await ListAsync(new RegistrationFilter { Email = "person@example.com" })).ShouldBe([ended.Id, active.Id]);
        Ids(await ListAsync(new RegistrationFilter { Status = RegistrationStatus.Unregistered })).ShouldBe([ended.Id]);
        Ids(await ListAsync(new RegistrationFilter { Email = "person@example.com", Status = RegistrationStatus.Active }))
            .ShouldBe([active.Id]);
        Ids(await ListAsync(new RegistrationFilter { Status = RegistrationStatus.Expired })).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Searched_FindsExactlyTheEmailTheUserOrTheId()
    {
        var ann = await dispatch.Seed.DeviceAsync(email: "ann@example.com", userId: "a-1");
        var bob = await dispatch.Seed.DeviceAsync(email: "bob@example.com", userId: "ann@example.com");
        var theirs = await dispatch.Seed.DeviceAsync(email: "ann@example.com", caller: await dispatch.Seed.OrganizationAsync());

        Ids(await ListAsync(new RegistrationFilter { Search = "Ann@Example.com" })).ShouldBe([ann.Id]);
        Ids(await ListAsync(new RegistrationFilter { Search = "ann@example.com" })).ShouldBe([bob.Id, ann.Id], "somebody may be called so");
        Ids(await ListAsync(new RegistrationFilter { Search = "a-1" })).ShouldBe([ann.Id]);
        Ids(await ListAsync(new RegistrationFilter { UserId = "a-1" })).ShouldBe([ann.Id]);
        Ids(await ListAsync(new RegistrationFilter { Search = bob.PublicId })).ShouldBe([bob.Id]);
        Ids(await ListAsync(new RegistrationFilter { Search = theirs.PublicId })).ShouldBeEmpty();
        Ids(await ListAsync(new RegistrationFilter { Search = "ann" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_Several_SaysWhereTheyAreReachedAndWithWhichKey()
    {
        var (old, theirs) = (await dispatch.Seed.DeviceAsync(host: Device.MozillaHost), await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.ServiceAsync()));
        await dispatch.Node.Get<VapidRotation>().RotateAsync(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId, VapidKeys.Generate(), CancellationToken.None);
        var young = await dispatch.Seed.DeviceAsync();
        await dispatch.SendAsync(new Target.RegistrationIds([young.PublicId]));

        var found = await dispatch.Node.Registrations.FindAsync(dispatch.Caller, [old.Id, young.Id, theirs.Id], CancellationToken.None);

        found
            .OrderBy(registration => registration.Id)
            .Select(registration => (registration.Id, registration.PushService, registration.HasCurrentKey, registration.LastNotifiedAt))
            .ShouldBe(
                [
                    (old.Id, $"https://{Device.MozillaHost}", false, null),
                    (young.Id, dispatch.PushService.HttpUrl.GetLeftPart(UriPartial.Authority), true, dispatch.Clock.GetUtcNow()),
                ]
            );
    }

    [Fact]
    public async Task Movement_SinceAMoment_CountsWhoCameAndWhoLeft()
    {
        var stays = await dispatch.Seed.DeviceAsync();
        var left = await dispatch.Seed.DeviceAsync();
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, left.Id, null, CancellationToken.None);
        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        var since = dispatch.Clock.GetUtcNow();
        var (late, gone, back) = (await dispatch.Seed.DeviceAsync(), await dispatch.Seed.DeviceAsync(), await dispatch.Seed.DeviceAsync());
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, late.Id, null, CancellationToken.None);
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, back.Id, null, CancellationToken.None);
        await dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, Seed.Subscription(back.Browser)));
        gone.Browser.Remove();
        await dispatch.SendAsync(new Target.RegistrationIds([gone.PublicId, stays.PublicId]));

        (await MovementAsync(since)).ShouldBe(new RegistrationMovement(3, 2));
        (await MovementAsync(since.AddHours(-1))).ShouldBe(new RegistrationMovement(5, 3));
        (await MovementAsync(since.AddHours(1))).ShouldBe(new RegistrationMovement(0, 0));
    }

    [Fact]
    public async Task GetWithSubscribers_PeopleWithManyDevices_CountOnce()
    {
        await dispatch.Seed.DeviceAsync(email: "a@example.com");
        await dispatch.Seed.DeviceAsync(email: "a@example.com");
        await dispatch.Seed.DeviceAsync(userId: "b");
        await dispatch.Seed.DeviceAsync(userId: "b", email: "b@example.com");
        await dispatch.Seed.DeviceAsync();
        await dispatch.Seed.DeviceAsync();

        var service = await dispatch.Node.Services.GetWithSubscribersAsync(
            dispatch.Caller.OrganizationId,
            dispatch.Caller.ServiceId,
            CancellationToken.None
        );

        service.ActiveRegistrations.ShouldBe(6);
        service.Subscribers.ShouldBe(4);
        service.Plan.ShouldBe(Plan.Unlimited);
    }

    private static IEnumerable<long> Ids(RegistrationPage page) => page.Registrations.Select(registration => registration.Id);

    private Task<RegistrationMovement> MovementAsync(DateTimeOffset since) =>
        dispatch.Node.Registrations.MovementAsync(dispatch.Caller, since, CancellationToken.None);

    private Task<RegistrationPage> ListAsync(RegistrationFilter filter) =>
        dispatch.Node.Registrations.ListAsync(dispatch.Caller, filter, CancellationToken.None);
}
