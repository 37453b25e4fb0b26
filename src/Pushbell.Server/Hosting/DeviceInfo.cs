using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Hosting;

/// <summary>The browser's own words about itself; null where it said nothing.</summary>
internal sealed record DeviceInfo
{
    private const int MaxLength = 1_020;

    /// <summary>Such as Chrome.</summary>
    public string? BrowserName { get; init; }

    /// <summary>Such as 120.</summary>
    public string? BrowserVersion { get; init; }

    /// <summary>Such as Windows.</summary>
    public string? OsName { get; init; }

    /// <summary>Such as desktop or mobile.</summary>
    public string? DeviceType { get; init; }

    /// <summary>As it was stored with a registration.</summary>
    public static DeviceInfo Of(Registration registration) =>
        registration.DeviceInfo is { } json ? JsonSerializer.Deserialize(json, DeviceJson.Default.DeviceInfo)! : new DeviceInfo();

    /// <returns>As it is stored; null when nothing was said.</returns>
    public static Result<string?> ToJson(DeviceInfo? device)
    {
        var json = device is null ? null : JsonSerializer.Serialize(device, DeviceJson.Default.DeviceInfo);
        return json?.Length > MaxLength ? new Failure.InvalidRequest("device_info is too long.") : json;
    }
}

/// <summary>How it is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeviceInfo))]
internal sealed partial class DeviceJson : JsonSerializerContext;
