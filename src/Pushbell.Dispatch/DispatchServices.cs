using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Troubleshooting;
using Pushbell.WebPush;

namespace Pushbell.Dispatch;

/// <summary>What the product is put together from.</summary>
/// <param name="Database">Open and migrated.</param>
/// <param name="Master">Seals what must not lie readable in it.</param>
/// <param name="Delivery">How this process delivers.</param>
/// <param name="Push">How push services are reached.</param>
/// <param name="Randomness">Makes one source for each who asks: a Random is not to be shared between threads.</param>
public sealed record DispatchParts(Database Database, MasterKey Master, DeliverySettings Delivery, PushClientOptions Push, Func<Random> Randomness)
{
    /// <summary>The origin under which browsers reach the installation, for click links; null: there are none.</summary>
    public string? PublicUrl { get; init; }
}

/// <summary>The product, put together. A <see cref="TimeProvider"/> and logging are the host's to give.</summary>
public static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services, DispatchParts parts)
    {
        services.AddSingleton(parts.Database);
        services.AddSingleton(parts.Master);
        services.AddSingleton(parts.Delivery);
        services.AddSingleton(provider => new IdGenerator(provider.GetRequiredService<TimeProvider>(), parts.Randomness(), parts.Database.NodeNumber));
        services.AddSingleton<AuditLog>();
        AddAccounts(services);
        AddOrganizations(services);
        AddRegistrations(services, parts.Push);
        AddNotifications(services, parts);
        services.AddSingleton<AlarmBoard>();
        services.AddSingleton<RequestWindows>();
        AddTroubleshooting(services);
        AddDelivery(services, parts);
        return services;
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton<Managers>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<AccountBook>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<LinkUse>();
        services.AddSingleton<Members>();
        services.AddSingleton<ManagementKeys>();
        services.AddSingleton<AccountSweep>();
    }

    private static void AddOrganizations(IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Quota>();
        services.AddSingleton<Credits>();
        services.AddSingleton<VapidKeyStore>();
        services.AddSingleton<VapidKeyQueries>();
        services.AddSingleton<VapidRotation>();
        services.AddSingleton<OrganizationQueries>();
        services.AddSingleton<CreateOrganization>();
        services.AddSingleton<RenameOrganization>();
        services.AddSingleton<ChangePlan>();
        services.AddSingleton<CreditQueries>();
        services.AddSingleton<ServiceQueries>();
        services.AddSingleton<ServiceOrigins>();
        services.AddSingleton<IdentityPolicies>();
        services.AddSingleton<CreateService>();
        services.AddSingleton<ChangeService>();
        services.AddSingleton<KeyQueries>();
        services.AddSingleton<HostedPwaKeys>();
        services.AddSingleton<FirstStart>();
    }

    private static void AddRegistrations(IServiceCollection services, PushClientOptions push)
    {
        services.AddSingleton(new EndpointPolicy(push.TrustedOrigins));
        services.AddSingleton<SubscriberEmails>();
        services.AddSingleton<Identification>();
        services.AddSingleton<RegisterClient>();
        services.AddSingleton<RegistrationHolders>();
        services.AddSingleton<ChangeRegistration>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<EndRegistration>();
        services.AddSingleton<RegistrationQueries>();
    }

    private static void AddNotifications(IServiceCollection services, DispatchParts parts)
    {
        services.AddSingleton(new ClickLinks(parts.Database, parts.Master, parts.PublicUrl));
        services.AddSingleton<Receipts>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<Bookkeeping>();
        services.AddSingleton<AcceptNotification>();
        services.AddSingleton<CancelNotification>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<DeliveryQueries>();
        services.AddSingleton<DeliveryBreakdown>();
        services.AddSingleton<NotificationHistory>();
        services.AddSingleton<ActivityQueries>();
    }

    private static void AddTroubleshooting(IServiceCollection services)
    {
        services.AddSingleton<Pauses>();
        services.AddSingleton<RecentDeliveries>();
        services.AddSingleton<Troubleshooter>();
    }

    private static void AddDelivery(IServiceCollection services, DispatchParts parts)
    {
        services.AddSingleton(provider => new PushClient(parts.Push, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OriginGate>();
        services.AddSingleton<OriginHealth>();
        services.AddSingleton<OriginEffects>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton(_ => new RetrySchedule(parts.Randomness()));
        services.AddSingleton<DeliveryWindow>();
        services.AddSingleton<Sender>();
        services.AddSingleton<SendRound>();
        services.AddSingleton<Leases>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<FanOut>();
        services.AddSingleton<Claims>();
        services.AddSingleton<DeliverBatch>();
        services.AddSingleton<SendNotification>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<NodeSignal>();
        services.AddSingleton<Worker>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<Sweeper>();
    }
}
