using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Pwa;

namespace Pushbell.Server.Management.Services;

/// <summary>One PWA of an organization.</summary>
/// <param name="ServiceId">The service, <c>svc_…</c>.</param>
/// <param name="Identifier">Its name in addresses, unique in the installation.</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="ContactEmail">Whom push services may write to.</param>
/// <param name="HasPlaceholderContact">Nobody has named a contact yet; Apple refuses the placeholder.</param>
/// <param name="Icon">The address of its picture.</param>
/// <param name="IsActive">Switched off, it refuses every request with one of its keys.</param>
/// <param name="NotificationsEnabled">The same for notifications alone.</param>
/// <param name="AllowedOrigins">The web origins that may register browsers.</param>
/// <param name="ThemeColor">Of the hosted PWA's frame, <c>#rrggbb</c>.</param>
/// <param name="BackgroundColor">Of the hosted PWA while it starts.</param>
/// <param name="ClickLinks">Taps lead through this server, which counts them.</param>
/// <param name="IdentityMode">Whether pages must prove whom they register.</param>
/// <param name="HasIdentityKey">There is a key to check identity tokens with.</param>
/// <param name="VapidPublicKey">What pages subscribe with now.</param>
/// <param name="ActiveClients">How many are sent to.</param>
/// <param name="PwaUrl">The address of its hosted PWA.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record Service(
    string ServiceId,
    string Identifier,
    string Name,
    string ContactEmail,
    bool HasPlaceholderContact,
    string? Icon,
    bool IsActive,
    bool NotificationsEnabled,
    IReadOnlyList<string> AllowedOrigins,
    string ThemeColor,
    string BackgroundColor,
    bool ClickLinks,
    [property: AllowedValues("off", "optional", "required")] string IdentityMode,
    bool HasIdentityKey,
    string VapidPublicKey,
    long ActiveClients,
    string PwaUrl,
    DateTimeOffset CreatedAt
)
{
    /// <param name="service">As it is stored.</param>
    /// <param name="origins">That may register browsers with it.</param>
    /// <param name="ownUrl">Where browsers reach this server.</param>
    public static Service Of(ServiceInfo service, IReadOnlyList<string> origins, string ownUrl) =>
        new(
            PublicId.Service(service.Id),
            service.Identifier,
            service.Name,
            service.ContactEmail,
            service.ContactEmail == Dispatch.Organizations.NewService.PlaceholderContact,
            service.Icon,
            service.IsActive != 0,
            service.NotificationsEnabled != 0,
            origins,
            service.ThemeColor,
            service.BackgroundColor,
            service.ClickLinks != 0,
            StatusNames.Of(service.IdentityMode),
            service.HasIdentityKey != 0,
            service.VapidPublicKey,
            service.ActiveRegistrations,
            ownUrl + PwaPages.PathOf(service),
            DateTimeOffset.FromUnixTimeMilliseconds(service.CreatedAt)
        );
}

/// <summary>The services of an organization, the oldest first.</summary>
/// <param name="Services">All of them.</param>
internal sealed record ServiceList(IReadOnlyList<Service> Services);
