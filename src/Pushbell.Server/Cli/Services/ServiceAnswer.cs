using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Services;

internal sealed record ServiceAnswer(
    string ServiceId,
    string OrganizationId,
    string Identifier,
    string Name,
    string ContactEmail,
    IReadOnlyList<string> Origins,
    bool IsActive,
    bool NotificationsEnabled,
    string Identity,
    string VapidPublicKey,
    long ActiveRegistrations,
    string ThemeColor,
    string BackgroundColor,
    bool ClickLinks
)
{
    internal string State => (IsActive, NotificationsEnabled) switch
    {
        (false, _) => "off",
        (true, false) => "on, its notifications off",
        _ => "on",
    };

    public static async Task<ServiceAnswer> OfAsync(Operation operation, ServiceInfo service) =>
        new(
            PublicId.Service(service.Id),
            PublicId.Organization(service.OrganizationId),
            service.Identifier,
            service.Name,
            service.ContactEmail,
            await operation.Use<ServiceOrigins>().ListAsync(service.OrganizationId, service.Id, operation.Cancellation),
            service.IsActive != 0,
            service.NotificationsEnabled != 0,
            service.IdentityMode.ToString().ToLowerInvariant(),
            service.VapidPublicKey,
            service.ActiveRegistrations,
            service.ThemeColor,
            service.BackgroundColor,
            service.ClickLinks != 0
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.ServiceAnswer,
            $"{heading}\n\n"
                + Table.Properties(
                    ("service", ServiceId),
                    ("identifier", Identifier),
                    ("name", Name),
                    ("contact", ContactEmail + (ContactEmail == NewService.PlaceholderContact ? " (a placeholder: Apple refuses it, name yours with --contact)" : "")),
                    ("origins", Origins.Count == 0 ? "none: no browser can register" : string.Join(' ', Origins)),
                    ("state", State),
                    ("identity tokens", Identity),
                    ("VAPID public key", VapidPublicKey),
                    ("colors", $"theme {ThemeColor}, background {BackgroundColor}"),
                    ("click links", ClickLinks ? "on" : "off")
                )
        );
}

internal sealed record ServicesAnswer(IReadOnlyList<ServiceAnswer> Services)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.ServicesAnswer,
            Table.List(
                ["service", "identifier", "name", "state", "registrations", "origins"],
                Services.Select(service =>
                    new[]
                    {
                        service.ServiceId,
                        service.Identifier,
                        service.Name,
                        service.State,
                        service.ActiveRegistrations.ToString(),
                        string.Join(' ', service.Origins),
                    }
                )
            )
        );
}
