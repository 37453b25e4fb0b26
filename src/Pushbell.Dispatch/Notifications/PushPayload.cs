using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// One JSON for all: declarative web push (<c>web_push: 8030</c>), which Safari shows by itself, and which our service worker unwraps
/// everywhere else. All recipients of a notification get the same bytes.
/// </summary>
public static class PushPayload
{
    // The payload is counted in bytes and never stands inside HTML: no need to escape what JSON allows.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="content">What to show.</param>
    /// <param name="notificationId">The public id; also the tag when the caller gave none.</param>
    /// <param name="navigate">Where a tap leads; declarative push asks for an address.</param>
    public static byte[] Create(NotificationContent content, string notificationId, string? navigate)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("web_push", 8030);
            json.WriteStartObject("notification");
            json.WriteString("title", content.Title);
            json.WriteString("body", content.Body);
            json.WriteString("tag", content.Tag ?? notificationId);
            WriteOptional(json, "navigate", navigate);
            WriteOptional(json, "icon", content.Icon);
            WriteOptional(json, "badge", content.Badge);
            WriteOptional(json, "image", content.Image);
            WriteOptional(json, "requireInteraction", content.RequireInteraction);
            WriteOptional(json, "silent", content.Silent);
            WriteOptional(json, "renotify", content.Renotify);
            WriteActions(json, content.Actions, navigate);
            WriteBadge(json, content.BadgeCount);
            if (content.Data is { } data)
            {
                json.WritePropertyName("data");
                data.WriteTo(json);
            }

            json.WriteEndObject();
            WriteBadge(json, content.BadgeCount);
            json.WriteStartObject("pushbell");
            json.WriteString("id", notificationId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return CompactText.Create(buffer.WrittenSpan);
    }

    private static void WriteActions(Utf8JsonWriter json, IReadOnlyList<NotificationAction> actions, string? navigate)
    {
        if (actions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("actions");
        foreach (var action in actions)
        {
            json.WriteStartObject();
            json.WriteString("action", action.Action);
            json.WriteString("title", action.Title);
            WriteOptional(json, "icon", action.Icon);
            WriteOptional(json, "navigate", action.Url ?? navigate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The drafts have moved it from one level to the other; browsers of both ages find it.</summary>
    private static void WriteBadge(Utf8JsonWriter json, int? count)
    {
        if (count is { } number)
        {
            json.WriteNumber("app_badge", number);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
