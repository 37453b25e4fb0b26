using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>The product as one process holds it, put together as in the server.</summary>
internal sealed class DispatchNode : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public DispatchNode(DispatchParts parts, TimeProvider clock) =>
        services = new ServiceCollection().AddLogging().AddSingleton(clock).AddDispatch(parts).BuildServiceProvider();

    public Database Database => Get<Database>();

    public KeyRing Keys => Get<KeyRing>();

    public Quota Quota => Get<Quota>();

    public Credits Credits => Get<Credits>();

    public VapidKeyStore VapidKeys => Get<VapidKeyStore>();

    public ServiceQueries Services => Get<ServiceQueries>();

    public CreateOrganization CreateOrganization => Get<CreateOrganization>();

    public CreateService CreateService => Get<CreateService>();

    public FirstStart FirstStart => Get<FirstStart>();

    public RegisterClient Register => Get<RegisterClient>();

    public EndRegistration End => Get<EndRegistration>();

    public RegistrationQueries Registrations => Get<RegistrationQueries>();

    public Idempotency Idempotency => Get<Idempotency>();

    public AcceptNotification Accept => Get<AcceptNotification>();

    public CancelNotification Cancel => Get<CancelNotification>();

    public NotificationQueries Notifications => Get<NotificationQueries>();

    public Receipts Receipts => Get<Receipts>();

    public DeliveryQueries Deliveries => Get<DeliveryQueries>();

    public Settlement Settlement => Get<Settlement>();

    public FanOut FanOut => Get<FanOut>();

    public Claims Claims => Get<Claims>();

    public RegistrationHolders Holders => Get<RegistrationHolders>();

    public Leases Leases => Get<Leases>();

    public SendRound SendRound => Get<SendRound>();

    public DeliverBatch Deliver => Get<DeliverBatch>();

    public WorkSignal Signal => Get<WorkSignal>();

    public SendNotification Send => Get<SendNotification>();

    public Worker Worker => Get<Worker>();

    public Withdrawals Withdrawals => Get<Withdrawals>();

    public Sweeper Sweeper => Get<Sweeper>();

    public AlarmBoard Alarms => Get<AlarmBoard>();

    public Quarantine Quarantine => Get<Quarantine>();

    public Task<BatchKey?> NextAsync(Lane lanes = Lane.Bulk) => Claims.NextAsync(lanes, CancellationToken.None);

    public Task<Hold> RenewAsync(BatchKey key) => Database.WriteAsync(session => Get<Leases>().RenewAsync(session, key), CancellationToken.None);

    /// <summary>As a page does, with its token.</summary>
    /// <returns>False when the token is not the registration's.</returns>
    public async Task<bool> UnregisterAsync(long registration, string token)
    {
        if (await Holders.FindAsync(registration, token, CancellationToken.None) is not { } holder)
        {
            return false;
        }

        await End.UnregisterAsync(holder, CancellationToken.None);
        return true;
    }

    /// <summary>Works until nothing is due any more.</summary>
    /// <returns>How many batches were claimed.</returns>
    public async Task<int> DrainAsync()
    {
        var claimed = 0;
        while (await NextAsync() is { } batch)
        {
            await Deliver.RunAsync(batch, CancellationToken.None);
            claimed++;
        }

        return claimed;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>A part that has no name above.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
