using System.Text.Json;

namespace Pushbell.Dispatch.Notifications;

/// <summary>What a payload was made of: <see cref="PushPayload"/> read back, so that a notification can be looked at and sent again.</summary>
internal static class PayloadContent
{
    /// <param name="payload">As it was made.</param>
    /// <param name="notificationId">The public id, which stands in for a tag where the caller gave none.</param>
    /// <param name="linkTarget">Where a tap leads when the payload holds a click link in its place.</param>
    /// <returns>All that the person sees; urgency, TTL and topic are no part of a payload.</returns>
    public static NotificationContent Read(ReadOnlyMemory<byte> payload, string notificationId, string? linkTarget)
    {
        using var document = JsonDocument.Parse(payload);
        var json = document.RootElement.GetProperty("notification");
        var navigate = Text(json, "navigate");
        return new NotificationContent
        {
            Title = Text(json, "title")!,
            Body = Text(json, "body")!,
            Icon = Text(json, "icon"),
            Badge = Text(json, "badge"),
            Image = Text(json, "image"),
            Tag = Text(json, "tag") is { } tag && tag != notificationId ? tag : null,
            Url = linkTarget ?? navigate,
            Data = json.TryGetProperty("data", out var data) ? data.Clone() : null,
            Actions = json.TryGetProperty("actions", out var actions) ? [.. actions.EnumerateArray().Select(action => ActionOf(action, navigate))] : [],
            RequireInteraction = Flag(json, "requireInteraction"),
            Silent = Flag(json, "silent"),
            Renotify = Flag(json, "renotify"),
            BadgeCount = json.TryGetProperty("app_badge", out var count) ? count.GetInt32() : null,
        };
    }

    /// <summary>A button without an address of its own was given the notification's.</summary>
    private static NotificationAction ActionOf(JsonElement action, string? navigate) =>
        new(
            Text(action, "action")!,
            Text(action, "title")!,
            Text(action, "icon"),
            Text(action, "navigate") is { } url && url != navigate ? url : null
        );

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static bool? Flag(JsonElement owner, string name) => owner.TryGetProperty(name, out var flag) ? flag.GetBoolean() : null;
}
