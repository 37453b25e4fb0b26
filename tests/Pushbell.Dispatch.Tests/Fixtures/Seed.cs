using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>Puts devices and further organizations into the database of a test.</summary>
internal sealed class Seed(TestDispatch dispatch)
{
    private long next = 1;

    /// <summary>Registers a virtual subscription the way a page does.</summary>
    /// <param name="email">Normalized.</param>
    /// <param name="userId">The organization's id for the person.</param>
    /// <param name="caller">The first organization when null.</param>
    /// <param name="host">A public push service's host that is routed to the local one; by its own address when null.</param>
    public async Task<Device> DeviceAsync(string? email = null, string? userId = null, Caller? caller = null, string? host = null)
    {
        var browser = dispatch.PushService.CreateSubscription();
        var endpoint = host is null ? browser.Endpoint : $"https://{host}/push/{browser.Id}";
        var registered = await RegisterAsync(
            new NewRegistration(caller ?? dispatch.Caller, Subscription(browser, endpoint)) { Email = email, UserId = userId }
        );
        return new Device(registered.RegistrationId, registered.Token, browser);
    }

    public async Task<Device[]> DevicesAsync(int count)
    {
        var devices = new Device[count];
        for (var at = 0; at < count; at++)
        {
            devices[at] = await DeviceAsync();
        }

        return devices;
    }

    public async Task<Registered> RegisterAsync(NewRegistration registration)
    {
        var result = await dispatch.Node.Register.RunAsync(registration, CancellationToken.None);
        result.TryGet(out var registered, out var failure).ShouldBeTrue(failure?.Sentence);
        return registered!;
    }

    /// <summary>Devices that really receive, in one transaction instead of one each.</summary>
    public async Task<Device[]> ManyDevicesAsync(int count)
    {
        var devices = Enumerable.Range(0, count).Select(_ => new Device(next++, "", dispatch.PushService.CreateSubscription())).ToArray();
        await InsertAsync(dispatch.Caller, devices.Select(device => (device.Id, Subscription(device.Browser))));
        return devices;
    }

    /// <summary>Registrations that only ever get claimed: one browser's keys, endpoints that lead nowhere.</summary>
    public Task RegistrationsAsync(IEnumerable<long> ids, Caller? caller = null)
    {
        var browser = dispatch.PushService.CreateSubscription();
        return InsertAsync(caller ?? dispatch.Caller, ids.Select(id => (id, Subscription(browser, $"{browser.Endpoint}-{id}"))));
    }

    /// <summary>Another tenant with a service of its own.</summary>
    public async Task<Caller> OrganizationAsync(Plan? plan = null, long? credits = null)
    {
        var other = new NewOrganization("Other", plan ?? Plan.Unlimited, credits);
        var organization = await dispatch.Node.CreateOrganization.RunAsync(other, CancellationToken.None);
        return await ServiceAsync(organization);
    }

    /// <summary>A second service of the first organization.</summary>
    public Task<Caller> ServiceAsync() => ServiceAsync(dispatch.Caller.OrganizationId);

    public static PushSubscription Subscription(VirtualSubscription browser, string? endpoint = null)
    {
        PushSubscription
            .TryCreate(endpoint ?? browser.Endpoint, browser.P256dh, browser.Auth, out var subscription, out var problem)
            .ShouldBeTrue(problem);
        return subscription!;
    }

    private async Task<Caller> ServiceAsync(long organization)
    {
        var result = await dispatch.Node.CreateService.RunAsync(organization, new NewService($"other-{next++}"), CancellationToken.None);
        result.TryGet(out var service, out var failure).ShouldBeTrue(failure?.Sentence);
        return new Caller
        {
            OrganizationId = organization,
            ServiceId = service,
            ServiceIsOn = true,
        };
    }

    private Task InsertAsync(Caller caller, IEnumerable<(long Id, PushSubscription Subscription)> registrations) =>
        dispatch.Database.WriteAsync(
            async session =>
            {
                var count = 0;
                foreach (var (id, subscription) in registrations)
                {
                    count += await session.ExecuteAsync(
                        """
                        INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
                        SELECT organization_id, service_id, @id, 0, @endpoint, @endpoint, @p256dh, @auth, id, 0 FROM vapid_key
                        WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND is_current = 1
                        """,
                        new
                        {
                            caller.OrganizationId,
                            caller.ServiceId,
                            id,
                            endpoint = subscription.Endpoint.AbsoluteUri,
                            p256dh = subscription.P256dh.ToArray(),
                            auth = subscription.Auth.ToArray(),
                        }
                    );
                }

                await ActiveCount.AddAsync(session, caller.OrganizationId, caller.ServiceId, count);
            },
            CancellationToken.None
        );
}
