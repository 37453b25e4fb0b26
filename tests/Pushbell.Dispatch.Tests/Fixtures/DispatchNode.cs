using Microsoft.Extensions.Logging.Abstractions;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>The product as one process holds it, put together as the server does.</summary>
internal sealed class DispatchNode : IDisposable
{
    private readonly PushClient push;
    private readonly DeliveryWindow window;

    public DispatchNode(
        Database database,
        MasterKey master,
        TimeProvider clock,
        DeliverySettings settings,
        PushClientOptions options,
        int seed
    )
    {
        Database = database;
        var ids = new IdGenerator(clock, new Random(seed));
        Keys = new KeyRing(database, ids, clock);
        Quota = new Quota(clock);
        Credits = new Credits(ids, clock);
        VapidKeys = new VapidKeyStore(database, master, clock);
        Services = new ServiceQueries(database);
        CreateOrganization = new CreateOrganization(database, Credits, ids, clock);
        CreateService = new CreateService(database, VapidKeys, ids, clock);
        FirstStart = new FirstStart(database, CreateOrganization, CreateService, Keys, ids, clock);

        var emails = new SubscriberEmails(master);
        var identification = new Identification(new IdentityPolicies(database, master), clock);
        Register = new RegisterClient(database, new EndpointPolicy(options.TrustedOrigins), identification, emails, ids, clock);
        End = new EndRegistration(database, emails);
        Registrations = new RegistrationQueries(database, emails);

        Idempotency = new Idempotency(database, clock);
        Accept = new AcceptNotification(
            database,
            emails,
            new ServiceOrigins(database),
            Quota,
            Credits,
            Idempotency,
            settings,
            ids,
            clock
        );
        Notifications = new NotificationQueries(database);

        push = new PushClient(options, clock);
        window = new DeliveryWindow(settings);
        var sender = new Sender(push, VapidKeys, new OriginGate(clock), clock);
        var retries = new RetrySchedule(new Random(seed));
        Settlement = new Settlement(database, Credits, settings, clock);
        FanOut = new FanOut(Credits, settings, clock);
        Claims = new Claims(database, FanOut, settings, clock);
        Deliver = new DeliverBatch(
            database,
            Claims,
            sender,
            Settlement,
            retries,
            window,
            settings,
            clock,
            NullLogger<DeliverBatch>.Instance
        );
        Signal = new WorkSignal(clock);
        Send = new SendNotification(Accept, Deliver, Notifications, Signal, NullLogger<SendNotification>.Instance);
        Worker = new Worker(Claims, Deliver, Signal, settings, clock, NullLogger<Worker>.Instance);
    }

    public Database Database { get; }

    public KeyRing Keys { get; }

    public Quota Quota { get; }

    public Credits Credits { get; }

    public VapidKeyStore VapidKeys { get; }

    public ServiceQueries Services { get; }

    public CreateOrganization CreateOrganization { get; }

    public CreateService CreateService { get; }

    public FirstStart FirstStart { get; }

    public RegisterClient Register { get; }

    public EndRegistration End { get; }

    public RegistrationQueries Registrations { get; }

    public Idempotency Idempotency { get; }

    public AcceptNotification Accept { get; }

    public NotificationQueries Notifications { get; }

    public Settlement Settlement { get; }

    public FanOut FanOut { get; }

    public Claims Claims { get; }

    public DeliverBatch Deliver { get; }

    public WorkSignal Signal { get; }

    public SendNotification Send { get; }

    public Worker Worker { get; }

    /// <summary>Works until nothing is due any more.</summary>
    /// <returns>How many batches were claimed.</returns>
    public async Task<int> DrainAsync()
    {
        var claimed = 0;
        while (await Claims.NextAsync(CancellationToken.None) is { } batch)
        {
            await Deliver.RunAsync(batch, CancellationToken.None);
            claimed++;
        }

        return claimed;
    }

    public void Dispose()
    {
        push.Dispose();
        window.Dispose();
    }
}
