using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Cli.Clients;

/// <summary>A registration. <paramref name="DeviceInfo"/> is what the browser said about itself, an object, or <c>null</c>.</summary>
internal sealed record ClientAnswer(
    string RegistrationId,
    string OrganizationId,
    string ServiceId,
    string Status,
    string? StatusReason,
    string? UserEmail,
    string? UserId,
    bool IsInstalled,
    string? Language,
    string? TimeZone,
    long NotificationCount,
    JsonElement? DeviceInfo,
    DateTime? LastActive,
    DateTime CreatedAt
)
{
    internal string Person => (UserEmail, UserId) switch
    {
        ({ } email, { } id) => $"{email} ({id})",
        ({ } email, null) => email,
        (null, { } id) => id,
        _ => "-",
    };

    internal string Device => DeviceText() + (IsInstalled ? ", installed" : "");

    public static ClientAnswer Of(Registration registration) =>
        new(
            PublicId.Registration(registration.Id),
            PublicId.Organization(registration.OrganizationId),
            PublicId.Service(registration.ServiceId),
            NameOf(registration.Status),
            registration.StatusReason,
            registration.Email,
            registration.UserId,
            registration.IsInstalled,
            registration.Language,
            registration.TimeZone,
            registration.NotificationCount,
            registration.DeviceInfo is { } json ? JsonElement.Parse(json) : null,
            registration.LastActiveAt?.UtcDateTime,
            registration.CreatedAt.UtcDateTime
        );

    public static string NameOf(RegistrationStatus status) => status.ToString().ToLowerInvariant();

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.ClientAnswer,
            $"{heading}\n\n"
                + Table.Properties(
                    ("client", RegistrationId),
                    ("status", Status + (StatusReason is null ? "" : $": {StatusReason}")),
                    ("person", Person),
                    ("device", Device),
                    ("language", Language ?? "-"),
                    ("time zone", TimeZone ?? "-"),
                    ("notifications", $"{NotificationCount:N0}"),
                    ("last active", Table.Moment(LastActive)),
                    ("registered", Table.Moment(CreatedAt))
                )
        );

    /// <summary>"Chrome 120 on Windows", of what there is.</summary>
    private string DeviceText()
    {
        var browser = string.Join(' ', new[] { Said("browser_name"), Said("browser_version") }.OfType<string>());
        return (browser, Said("os_name")) switch
        {
            ("", null) => "-",
            ("", { } system) => system,
            (_, null) => browser,
            (_, { } system) => $"{browser} on {system}",
        };
    }

    private string? Said(string field) =>
        DeviceInfo is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>Clients, the newest first: <paramref name="Total"/> match. <paramref name="Next"/> goes into <c>--after</c>; <c>null</c> on the last page.</summary>
internal sealed record ClientsAnswer(IReadOnlyList<ClientAnswer> Clients, long Total, string? Next)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.ClientsAnswer,
            Clients.Count == 0
                ? "No such clients."
                : Table.List(
                    ["client", "status", "person", "device", "notifications", "last active"],
                    Clients.Select(client =>
                        new[]
                        {
                            client.RegistrationId,
                            client.Status,
                            client.Person,
                            client.Device,
                            $"{client.NotificationCount:N0}",
                            Table.Moment(client.LastActive),
                        }
                    )
                ) + $"\n{Total:N0} in all." + (Next is null ? "" : $" More: --after {Next}")
        );
}
