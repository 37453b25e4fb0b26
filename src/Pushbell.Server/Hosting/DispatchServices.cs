using Pushbell.Dispatch;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting;

/// <summary>The product, put together.</summary>
internal static class DispatchServices
{
    public static void AddDispatch(this IServiceCollection services, PushbellSettings settings, Database database, MasterKey master)
    {
        services.AddSingleton(settings);
        services.AddSingleton(database);
        services.AddSingleton(master);
        services.AddSingleton(
            new DeliverySettings
            {
                Lease = TimeSpan.FromSeconds(settings.Delivery.LeaseSeconds),
                Window = settings.Delivery.Window,
                Workers = settings.Delivery.Workers,
            }
        );
        // One each: a Random is not to be shared between threads, and each of these guards its own.
        services.AddSingleton(provider => new IdGenerator(provider.GetRequiredService<TimeProvider>(), new Random()));

        services.AddSingleton<KeyRing>();
        services.AddSingleton<Quota>();
        services.AddSingleton<Credits>();
        services.AddSingleton<VapidKeyStore>();
        services.AddSingleton<OrganizationQueries>();
        services.AddSingleton<CreateOrganization>();
        services.AddSingleton<ChangePlan>();
        services.AddSingleton<CreditQueries>();
        services.AddSingleton<ServiceQueries>();
        services.AddSingleton<ServiceOrigins>();
        services.AddSingleton<IdentityPolicies>();
        services.AddSingleton<CreateService>();
        services.AddSingleton<ChangeService>();
        services.AddSingleton<KeyQueries>();
        services.AddSingleton<FirstStart>();

        services.AddSingleton(new EndpointPolicy(settings.PushServices.Trusted.ToHashSet(StringComparer.Ordinal)));
        services.AddSingleton<SubscriberEmails>();
        services.AddSingleton<Identification>();
        services.AddSingleton<RegisterClient>();
        services.AddSingleton<EndRegistration>();
        services.AddSingleton<RegistrationQueries>();

        services.AddSingleton<Idempotency>();
        services.AddSingleton<AcceptNotification>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<DeliveryQueries>();

        services.AddSingleton(provider => new PushClient(ClientOptions(settings), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OriginGate>();
        services.AddSingleton(_ => new RetrySchedule(new Random()));
        services.AddSingleton<DeliveryWindow>();
        services.AddSingleton<Sender>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<FanOut>();
        services.AddSingleton<Claims>();
        services.AddSingleton<DeliverBatch>();
        services.AddSingleton<SendNotification>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<Worker>();
    }

    private static PushClientOptions ClientOptions(PushbellSettings settings) =>
        new()
        {
            TrustedOrigins = settings.PushServices.Trusted.ToHashSet(StringComparer.Ordinal),
            Routes = settings.PushServices.Route.ToDictionary(
                route => route.Key,
                route => SettingsReader.ParseRoute(route.Value)!,
                StringComparer.OrdinalIgnoreCase
            ),
        };
}
