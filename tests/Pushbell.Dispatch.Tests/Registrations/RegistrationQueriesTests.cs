using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

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

    private Task<RegistrationPage> ListAsync(RegistrationFilter filter) =>
        dispatch.Node.Registrations.ListAsync(dispatch.Caller, filter, CancellationToken.None);
}
