using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class EndRegistrationTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Deregister_Twice_IsASuccessBothTimes()
    {
        var device = await dispatch.Seed.DeviceAsync();

        (await DeregisterAsync(device.Id, "left")).ShouldBeTrue();
        (await DeregisterAsync(device.Id, "again")).ShouldBeTrue();

        var found = (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, device.Id, CancellationToken.None))!;
        found.Status.ShouldBe(RegistrationStatus.Unregistered);
        found.StatusReason.ShouldBe("left");
        (await dispatch.ValueAsync<int>("SELECT active_registrations FROM service")).ShouldBe(0);
    }

    [Fact]
    public async Task Deregister_UnknownId_IsNotFound() => (await DeregisterAsync(12345, null)).ShouldBeFalse();

    [Fact]
    public async Task Deregister_IdOfAnotherTenantOrService_LooksUnknown()
    {
        var other = await dispatch.Seed.OrganizationAsync();
        var sibling = await dispatch.Seed.ServiceAsync();
        var theirs = await dispatch.Seed.DeviceAsync(caller: other);
        var beside = await dispatch.Seed.DeviceAsync(caller: sibling);

        (await DeregisterAsync(theirs.Id, null)).ShouldBeFalse();
        (await DeregisterAsync(beside.Id, null)).ShouldBeFalse();

        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE status = 0")).ShouldBe(2);
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, theirs.Id, CancellationToken.None)).ShouldBeNull();
        (await dispatch.Node.Registrations.FindAsync(dispatch.Caller, beside.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Unsubscribe_Person_EndsEveryDeviceAndCountsTheActiveOnes()
    {
        var first = await dispatch.Seed.DeviceAsync(email: "person@example.com");
        await dispatch.Seed.DeviceAsync(email: "person@example.com");
        await dispatch.Seed.DeviceAsync(email: "person@example.com");
        await dispatch.Seed.DeviceAsync(email: "other@example.com");
        await dispatch.Seed.DeviceAsync(email: "person@example.com", caller: await dispatch.Seed.OrganizationAsync());
        await DeregisterAsync(first.Id, null);

        (await UnsubscribeAsync("person@example.com")).ShouldBe(2);
        (await UnsubscribeAsync("person@example.com")).ShouldBe(0);
        (await UnsubscribeAsync("nobody@example.com")).ShouldBe(0);

        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE status = 0")).ShouldBe(2);
    }

    [Fact]
    public async Task UnregisterByToken_Holder_TakesItBackTwice()
    {
        var device = await dispatch.Seed.DeviceAsync();

        (await ByTokenAsync(device.Id, device.Token)).ShouldBeTrue();
        (await ByTokenAsync(device.Id, device.Token)).ShouldBeTrue();

        (await dispatch.ValueAsync<int>("SELECT status FROM registration")).ShouldBe((int)RegistrationStatus.Unregistered);
    }

    [Fact]
    public async Task UnregisterByToken_TokenOfAnotherRegistration_ChangesNothing()
    {
        var device = await dispatch.Seed.DeviceAsync();
        var beside = await dispatch.Seed.DeviceAsync();
        var stranger = await dispatch.Seed.DeviceAsync(caller: await dispatch.Seed.OrganizationAsync());

        (await ByTokenAsync(device.Id, beside.Token)).ShouldBeFalse();
        (await ByTokenAsync(device.Id, stranger.Token)).ShouldBeFalse();
        (
            await ByTokenAsync(device.Id, RegistrationToken.Create(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId))
        ).ShouldBeFalse();
        (await ByTokenAsync(device.Id, "rt_nonsense")).ShouldBeFalse();

        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE status = 0")).ShouldBe(3);
    }

    private Task<bool> DeregisterAsync(long id, string? reason) =>
        dispatch.Node.End.DeregisterAsync(dispatch.Caller, id, reason, CancellationToken.None);

    private Task<int> UnsubscribeAsync(string email) => dispatch.Node.End.UnsubscribeAsync(dispatch.Caller, email, CancellationToken.None);

    private Task<bool> ByTokenAsync(long id, string token) => dispatch.Node.UnregisterAsync(id, token);
}
