using System.Text.Json;

namespace Pushbell.Dispatch.Registrations;

/// <summary>What a person calls a device: "Chrome on Android".</summary>
public static class DeviceName
{
    /// <param name="deviceInfo">The JSON object by which the browser described itself.</param>
    /// <returns>Null when it said neither which browser nor which system it is.</returns>
    public static string? Of(string? deviceInfo)
    {
        if (deviceInfo is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(deviceInfo);
        return (Text(document.RootElement, "browser_name"), Text(document.RootElement, "os_name")) switch
        {
            ({ } browser, { } system) => $"{browser} on {system}",
            (var browser, var system) => browser ?? system,
        };
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } given ? given : null;
}
