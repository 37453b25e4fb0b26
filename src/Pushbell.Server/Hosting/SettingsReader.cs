using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting;

/// <summary>A value of the configuration is missing, unknown or bad; the message is one line that says how to mend it.</summary>
internal sealed class BadSettingException(string message) : Exception(message);

/// <summary>Reads and checks everything under <c>Pushbell:</c> before anything is started.</summary>
internal static partial class SettingsReader
{
    public static PushbellSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Pushbell");
        RefuseUnknown(section, typeof(PushbellSettings));
        PushbellSettings settings;
        try
        {
            settings = section.Get<PushbellSettings>() ?? new PushbellSettings();
        }
        catch (InvalidOperationException exception)
        {
            throw new BadSettingException(exception.Message.ReplaceLineEndings(" "));
        }

        Require(Enum.IsDefined(settings.Role), $"Role {settings.Role} is none of all, api, worker.");
        Require(Enum.IsDefined(settings.Delivery.Encryption), $"Delivery:Encryption {settings.Delivery.Encryption} is none of automatic, bcl, libcrypto.");
        Check(settings.Bootstrap);
        Check(settings.PushServices, environment);
        CheckAddresses(settings);
        Range("Limits:SendsPerMinute", settings.Limits.SendsPerMinute, 1, 1_000_000);
        Range("Limits:RequestsPerMinute", settings.Limits.RequestsPerMinute, 1, 10_000_000);
        Range("Limits:RegistrationsPerAddressPerMinute", settings.Limits.RegistrationsPerAddressPerMinute, 1, 1_000_000);
        Range("Limits:RegistrationsPerEmailPerMinute", settings.Limits.RegistrationsPerEmailPerMinute, 1, 1_000_000);
        Range("Limits:PageRequestsPerAddressPerMinute", settings.Limits.PageRequestsPerAddressPerMinute, 1, 10_000_000);
        Range("Delivery:LeaseSeconds", settings.Delivery.LeaseSeconds, 1, 600);
        Range("Delivery:Window", settings.Delivery.Window, 1, 100_000);
        Range("Delivery:Workers", settings.Delivery.Workers, 1, 64);
        Range("Delivery:RetentionDays", settings.Delivery.RetentionDays, 1, 3_650);
        return settings;
    }

    /// <summary>"127.0.0.1:9443 sha256:…" of a development route.</summary>
    public static PushRoute? ParseRoute(string text) =>
        RoutePattern().Match(text) is { Success: true } match && IPEndPoint.TryParse(match.Groups["address"].Value, out var address)
            ? new PushRoute(address, match.Groups["fingerprint"].Value)
            : null;

    private static void Check(BootstrapSettings bootstrap)
    {
        CheckKey("SecretKey", KeyKind.Secret, bootstrap.SecretKey);
        CheckKey("ApiKey", KeyKind.Api, bootstrap.ApiKey);
        CheckKey("PublishableKey", KeyKind.Publishable, bootstrap.PublishableKey);
        Require(
            Plan.Find(bootstrap.Plan) is not null,
            $"Bootstrap:Plan '{bootstrap.Plan}' is none of {string.Join(", ", Plan.All.Select(plan => plan.Name))}."
        );
        Require(bootstrap.Credits is null or >= 0, "Bootstrap:Credits must not be negative; leave it out for an organization without metering.");
        Refuse("Bootstrap:ServiceIdentifier", TenantRules.IdentifierProblem(bootstrap.ServiceIdentifier));
        Refuse("Bootstrap:OrganizationName", TenantRules.NameProblem(bootstrap.OrganizationName));
        CheckEmail("OwnerEmail", bootstrap.OwnerEmail);
        foreach (var origin in bootstrap.AllowedOrigins)
        {
            Refuse("Bootstrap:AllowedOrigins", TenantRules.OriginProblem(origin));
        }

        if (bootstrap.ContactEmail is { Length: > 0 } contact)
        {
            Refuse("Bootstrap:ContactEmail", TenantRules.ContactProblem(contact));
        }
    }

    private static void Check(PushServiceSettings pushServices, IHostEnvironment environment)
    {
        foreach (var origin in pushServices.Trusted)
        {
            Refuse("PushServices:Trusted", TenantRules.OriginProblem(origin));
        }

        Require(
            pushServices.Route.Count == 0 || !environment.IsProduction(),
            "PushServices:Route is for development and tests; set ASPNETCORE_ENVIRONMENT=Development to use it."
        );
        foreach (var (host, route) in pushServices.Route)
        {
            Require(ParseRoute(route) is not null, $"PushServices:Route:{host} must read '<address>:<port> sha256:<64 hex digits>'.");
        }
    }

    private static void CheckAddresses(PushbellSettings settings)
    {
        if (settings.PublicUrl is { Length: > 0 } url)
        {
            Refuse("PublicUrl", TenantRules.OriginProblem(url));
        }

        foreach (var proxy in settings.TrustedProxies)
        {
            Require(ForwardedAddresses.Parse(proxy) is not null, $"TrustedProxies '{proxy}' must be an address like 10.0.0.5, or a network like 10.0.0.0/8.");
        }
    }

    private static void CheckKey(string name, KeyKind kind, string? key) =>
        Require(
            string.IsNullOrEmpty(key) || ApiKey.IsAcceptable(kind, key),
            $"Bootstrap:{name} must be '{ApiKey.Prefix(kind)}' and at least {ApiKey.GivenLength} letters, digits, '_' or '-'."
        );

    private static void CheckEmail(string name, string? email) =>
        Require(string.IsNullOrEmpty(email) || SubscriberEmails.Normalize(email) is not null, $"Bootstrap:{name} '{email}' is not an email address.");

    private static void Range(string name, int value, int least, int most) =>
        Require(value >= least && value <= most, $"{name} is {value}; it must be from {least} to {most}.");

    private static void Refuse(string name, string? problem) => Require(problem is null, $"{name} {problem}");

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new BadSettingException("Pushbell:" + sentence);
        }
    }

    private static void RefuseUnknown(IConfigurationSection section, Type type)
    {
        if (!type.Assembly.Equals(typeof(PushbellSettings).Assembly) || type.IsEnum)
        {
            return;
        }

        foreach (var child in section.GetChildren())
        {
            var property = type.GetProperty(child.Key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
            if (property is null)
            {
                var known = string.Join(", ", type.GetProperties().Select(known => known.Name));
                throw new BadSettingException($"{child.Path} is not a setting. Known there: {known}.");
            }

            RefuseUnknown(child, property.PropertyType);
        }
    }

    [GeneratedRegex(@"^(?<address>\S+:\d+) sha256:(?<fingerprint>[0-9A-Fa-f]{64})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex RoutePattern();
}
