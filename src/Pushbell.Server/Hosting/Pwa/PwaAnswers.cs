using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting.Pwa;

/// <summary>What the page starts the SDK with, and how it looks.</summary>
internal sealed record PwaSettings(
    string OrganizationId,
    string ServiceId,
    string ServiceUrl,
    string PublishableKey,
    string Name,
    string Icon,
    PwaColors Colors,
    string Identity,
    string VapidPublicKey
)
{
    public static PwaSettings Of(ServiceInfo service, string serviceUrl, string publishableKey) =>
        new(
            PublicId.Organization(service.OrganizationId),
            PublicId.Service(service.Id),
            serviceUrl,
            publishableKey,
            service.Name,
            service.Icon ?? PwaPages.PathOf(service) + "icon.svg",
            new PwaColors(service.ThemeColor, service.BackgroundColor),
            service.IdentityMode.ToString().ToLowerInvariant(),
            service.VapidPublicKey
        );
}

internal sealed record PwaColors(string Theme, string Background);

/// <summary>A web app manifest (W3C).</summary>
internal sealed record PwaManifest(
    string Id,
    string Name,
    string ShortName,
    string StartUrl,
    string Scope,
    string Display,
    string ThemeColor,
    string BackgroundColor,
    IReadOnlyList<PwaIcon> Icons
)
{
    public static PwaManifest Of(ServiceInfo service)
    {
        var path = PwaPages.PathOf(service);
        return new PwaManifest(
            Id: path,
            service.Name,
            ShortName: service.Name,
            StartUrl: path,
            Scope: path,
            Display: "standalone",
            service.ThemeColor,
            service.BackgroundColor,
            [.. Own(service), .. Drawn(path)]
        );
    }

    private static PwaIcon[] Own(ServiceInfo service) => service.Icon is { } icon ? [new PwaIcon(icon, "any", Type: null, "any")] : [];

    /// <summary>Chromium wants 192 and 512 pixels before it offers to install; the drawing fills the square, so it may be masked.</summary>
    private static PwaIcon[] Drawn(string path) =>
        [
            Png(path, 192, "any"),
            Png(path, 512, "any"),
            Png(path, 192, "maskable"),
            Png(path, 512, "maskable"),
            new PwaIcon($"{path}icon.svg", "any", "image/svg+xml", "any"),
        ];

    private static PwaIcon Png(string path, int size, string purpose) => new($"{path}icon.png?size={size}", $"{size}x{size}", "image/png", purpose);
}

internal sealed record PwaIcon(
    string Src,
    string Sizes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    string Purpose
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PwaSettings))]
[JsonSerializable(typeof(PwaManifest))]
internal sealed partial class PwaJson : JsonSerializerContext;
