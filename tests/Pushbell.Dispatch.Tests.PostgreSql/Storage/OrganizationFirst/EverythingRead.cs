using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.Dispatch.Troubleshooting;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>Everything that people look at, looked at once.</summary>
internal sealed class EverythingRead(TestDispatch dispatch)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private DispatchNode Node => dispatch.Node;

    private Caller Us => dispatch.Caller;

    public async Task DoAsync()
    {
        var history = Node.Get<NotificationHistory>();
        NotificationStatus?[] statuses = [null, .. Enum.GetValues<NotificationStatus>()];
        foreach (var status in statuses)
        {
            await history.ListAsync(Us, status, 10, after: null, None);
        }

        var newest = (await history.ListAsync(Us, status: null, 1, after: null, None)).ShouldHaveSingleItem().Notification;
        (await history.FindAsync(Us, newest.Id, None)).ShouldNotBeNull();
        (await Node.Get<DeliveryBreakdown>().OfAsync(Us, newest.Id, None)).ByPushService.ShouldNotBeEmpty();
        (await Node.Get<ActivityQueries>().OfAsync(Us, TimeSpan.FromHours(1), 24, None)).Buckets.Sum(bucket => bucket.Requests).ShouldBeGreaterThan(0);
        await Node.Get<ActivityQueries>().RunningAsync(Us, None);
        (await Node.Registrations.MovementAsync(Us, dispatch.Clock.GetUtcNow().AddDays(-1), None)).Registered.ShouldBeGreaterThan(0);
        (await Node.Registrations.ListAsync(Us, new RegistrationFilter { Search = "ann", UserId = "ann" }, None)).Total.ShouldBeGreaterThan(0);
        (await Node.Get<CreditQueries>().MovementsAsync(Us.OrganizationId, 10, after: null, None)).ShouldNotBeEmpty();
        (await Node.Get<CreditQueries>().TotalsAsync(Us.OrganizationId, None)).ToppedUp.ShouldBeGreaterThan(0);
        (await Node.Get<Troubleshooter>().RunAsync(Us, new Person.Email("ann@example.com"), None)).Clients.ShouldNotBeEmpty();
    }
}
