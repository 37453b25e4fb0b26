using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.V2;

/// <summary>What a page needs before it can subscribe.</summary>
/// <param name="OrganizationId">The organization, <c>org_…</c>.</param>
/// <param name="ServiceId">The service, <c>svc_…</c>.</param>
/// <param name="ServiceName">Its name as people see it.</param>
/// <param name="VapidPublicKey">The <c>applicationServerKey</c> to subscribe with: an uncompressed P-256 point in base64url.</param>
/// <param name="Icon">The address of its icon; left out when it has none.</param>
/// <param name="Identity">Whether pages must prove whom they register: off, optional or required.</param>
/// <param name="Colors">Of the hosted PWA.</param>
internal sealed record ConfigurationAnswer(
    string OrganizationId,
    string ServiceId,
    string ServiceName,
    string VapidPublicKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Icon,
    [property: AllowedValues("off", "optional", "required")] string Identity,
    ColorsAnswer Colors
)
{
    public static ConfigurationAnswer Of(ServiceInfo service) =>
        new(
            PublicId.Organization(service.OrganizationId),
            PublicId.Service(service.Id),
            service.Name,
            service.VapidPublicKey,
            service.Icon,
            service.IdentityMode.ToString().ToLowerInvariant(),
            new ColorsAnswer(service.ThemeColor, service.BackgroundColor)
        );
}

/// <summary>Colors as <c>#rrggbb</c>.</summary>
/// <param name="Theme">Of the browser's frame around the app.</param>
/// <param name="Background">Of the screen while it starts.</param>
internal sealed record ColorsAnswer(string Theme, string Background);
