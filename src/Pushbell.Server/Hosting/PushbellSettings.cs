using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting;

/// <summary>All that is under <c>Pushbell:</c> in the configuration. appsettings.json holds every key with its default and a comment.</summary>
internal sealed record PushbellSettings
{
    public string? MasterKey { get; init; }

    public ProcessRole Role { get; init; } = ProcessRole.All;

    /// <summary>The origin under which browsers reach this server from elsewhere; null: only as what it listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Addresses and networks of proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    public BootstrapSettings Bootstrap { get; init; } = new();

    public PushServiceSettings PushServices { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public DeliverySection Delivery { get; init; } = new();

    /// <summary>Why no service can have click links; null where they can be switched on.</summary>
    public string? WhyNoClickLinks() =>
        string.IsNullOrEmpty(PublicUrl)
            ? "Click links need an address that phones can reach: set Pushbell:PublicUrl for the server and its commands, e.g. Pushbell__PublicUrl=https://push.example.com"
            : null;

    public DispatchParts ToParts(Database database, MasterKey master) =>
        new(database, master, Delivery.ToSettings(), PushServices.ToOptions() with { Encryption = Delivery.Encryption }, static () => new Random())
        {
            PublicUrl = PublicUrl,
        };
}

internal enum ProcessRole
{
    All,
    Api,
    Worker,
}

internal sealed record BootstrapSettings
{
    public string? SecretKey { get; init; }

    public string? ApiKey { get; init; }

    public string? PublishableKey { get; init; }

    public string? OwnerEmail { get; init; }

    public string? OwnerPassword { get; init; }

    public string OrganizationName { get; init; } = "My Organization";

    public string ServiceIdentifier { get; init; } = "my-app";

    public string Plan { get; init; } = "unlimited";

    public long? Credits { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public string? ContactEmail { get; init; }

    public FirstStartValues ToValues() =>
        new()
        {
            SecretKey = Given(SecretKey),
            ApiKey = Given(ApiKey),
            PublishableKey = Given(PublishableKey),
            OwnerEmail = Given(OwnerEmail) is { } email ? SubscriberEmails.Normalize(email) : null,
            OwnerPassword = Given(OwnerPassword),
            OrganizationName = OrganizationName,
            ServiceIdentifier = ServiceIdentifier,
            Plan = Dispatch.Organizations.Plan.Find(Plan)!,
            Credits = Credits,
            AllowedOrigins = AllowedOrigins,
            ContactEmail = Given(ContactEmail),
        };

    /// <summary>An empty environment variable is one that was not set.</summary>
    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

internal sealed record PushServiceSettings
{
    /// <summary>Exact origins that are sent to although they are not public push services.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>Development only: host → <c>address:port sha256:fingerprint</c>.</summary>
    public IReadOnlyDictionary<string, string> Route { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public PushClientOptions ToOptions() =>
        new()
        {
            TrustedOrigins = Trusted.ToHashSet(StringComparer.Ordinal),
            Routes = Route.ToDictionary(
                route => route.Key,
                route => SettingsReader.ParseRoute(route.Value)!,
                StringComparer.OrdinalIgnoreCase
            ),
        };
}

internal sealed record LimitSettings
{
    public int SendsPerMinute { get; init; } = 60;

    public int RequestsPerMinute { get; init; } = 6_000;

    public int RegistrationsPerAddressPerMinute { get; init; } = 1_000;

    public int RegistrationsPerEmailPerMinute { get; init; } = 60;

    public int PageRequestsPerAddressPerMinute { get; init; } = 1_200;
}

internal sealed record DeliverySection
{
    public int LeaseSeconds { get; init; } = 10;

    public int Window { get; init; } = 128;

    public int Workers { get; init; } = 4;

    public int RetentionDays { get; init; } = 30;

    public EncryptionPath Encryption { get; init; } = EncryptionPath.Automatic;

    public DeliverySettings ToSettings() =>
        new()
        {
            Lease = TimeSpan.FromSeconds(LeaseSeconds),
            Window = Window,
            Workers = Workers,
            Retention = TimeSpan.FromDays(RetentionDays),
        };
}
