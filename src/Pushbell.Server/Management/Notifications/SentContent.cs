using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;
using Pushbell.WebPush;

namespace Pushbell.Server.Management.Notifications;

/// <summary>What a notification said, in the fields of a send; those that say nothing are left out.</summary>
internal static class SentContent
{
    public static IReadOnlyDictionary<string, JsonElement> Of(NotificationContent content)
    {
        var body = new SendBody
        {
            Title = content.Title,
            Body = content.Body,
            Icon = content.Icon,
            Badge = content.Badge,
            Image = content.Image,
            Tag = content.Tag,
            Data = content.Data,
            Urgency = content.Urgency.ToHeader(),
            Ttl = content.TtlSeconds,
            Url = content.Url,
            Actions = content.Actions.Count == 0 ? null : [.. content.Actions.Select(BodyOf)],
            Topic = TopicOf(content),
            RequireInteraction = content.RequireInteraction,
            Silent = content.Silent,
            Renotify = content.Renotify,
            BadgeCount = content.BadgeCount,
        };
        return JsonSerializer.SerializeToElement(body, SentContentJson.Default.SendBody).EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
    }

    private static ActionBody BodyOf(NotificationAction action) =>
        new()
        {
            Action = action.Action,
            Title = action.Title,
            Icon = action.Icon,
            Url = action.Url,
        };

    /// <summary>Only one of its own: what was derived from the tag is so again.</summary>
    private static string? TopicOf(NotificationContent content) =>
        content.Topic is { } topic && (content.Tag is null || topic != PushTopic.FromTag(content.Tag)) ? topic.Value : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = JsonBody.MaxDepth
)]
[JsonSerializable(typeof(SendBody))]
internal sealed partial class SentContentJson : JsonSerializerContext;
