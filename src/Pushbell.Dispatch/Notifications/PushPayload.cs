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

    public static byte[] Create(NotificationContent content, string notificationId)
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
            WriteOptional(json, "navigate", content.Url);
            WriteOptional(json, "icon", content.Icon);
            WriteOptional(json, "badge", content.Badge);
            WriteOptional(json, "image", content.Image);
            if (content.Data is { } data)
            {
                json.WritePropertyName("data");
                data.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteStartObject("pushbell");
            json.WriteString("id", notificationId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
