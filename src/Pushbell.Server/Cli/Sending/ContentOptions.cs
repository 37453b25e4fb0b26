using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;
using Pushbell.WebPush;

namespace Pushbell.Server.Cli.Sending;

/// <summary>What a send says: the fields of /v2, as options. Their rules are those of /v2, too.</summary>
internal sealed class ContentOptions
{
    private readonly Option<string> title = new("--title") { Required = true, HelpName = "TEXT", Description = $"At most {SendRules.MaxTitle} characters." };
    private readonly Option<string> body = new("--body") { Required = true, HelpName = "TEXT", Description = $"At most {SendRules.MaxBody} characters." };
    private readonly Option<string?> url = new("--url") { HelpName = "URL", Description = "Where a tap leads: an absolute http or https address." };
    private readonly Option<string?> icon = new("--icon") { HelpName = "URL", Description = "The picture beside the text." };
    private readonly Option<string?> badge = new("--badge") { HelpName = "URL", Description = "The small monochrome picture of the status bar." };
    private readonly Option<string?> image = new("--image") { HelpName = "URL", Description = "The large picture." };
    private readonly Option<string?> tag = new("--tag") { HelpName = "TEXT", Description = "A later notification with the same tag replaces this one." };
    private readonly Option<string?> topic = new("--topic") { HelpName = "TEXT", Description = "Replaces an undelivered message with the same topic at the push service." };
    private readonly Option<string?> urgency = new("--urgency") { HelpName = string.Join('|', Urgencies), Description = "How soon it matters; normal when left out." };
    private readonly Option<long?> ttl = Number("--ttl", NotificationContent.MaxTtlSeconds, "SECONDS", "How long a push service may keep trying; a day when left out.");
    private readonly Option<long?> badgeCount = Number("--badge-count", int.MaxValue, "N", "The number on the app's icon; 0 clears it.");
    private readonly Option<bool> requireInteraction = new("--require-interaction") { Description = "It stays until the person acts on it." };
    private readonly Option<bool> silent = new("--silent") { Description = "Neither sound nor vibration." };
    private readonly Option<bool> renotify = new("--renotify") { Description = "Alert again when it replaces one with the same tag." };
    private readonly Option<string?> data = Json("--data", "Your own object for the page.", ContentJson.Default.JsonElement);

    private readonly Option<string?> actions = Json(
        "--actions",
        """Buttons: [{"action": "open", "title": "Open", "url": "https://…"}]""",
        ContentJson.Default.ActionBodyArray
    );

    public ContentOptions() => urgency.AcceptOnlyFromAmong(Urgencies);

    public IEnumerable<Option> All =>
        [title, body, url, icon, badge, image, tag, topic, urgency, ttl, badgeCount, requireInteraction, silent, renotify, data, actions];

    private static string[] Urgencies { get; } = [.. Enum.GetValues<PushUrgency>().Select(urgency => urgency.ToHeader())];

    /// <summary>The content of a body; whom it is for is still missing.</summary>
    public SendBody ToBody(ParseResult line) =>
        new()
        {
            Title = line.GetValue(title),
            Body = line.GetValue(body),
            Url = line.GetValue(url),
            Icon = line.GetValue(icon),
            Badge = line.GetValue(badge),
            Image = line.GetValue(image),
            Tag = line.GetValue(tag),
            Topic = line.GetValue(topic),
            Urgency = line.GetValue(urgency),
            Ttl = (int?)line.GetValue(ttl),
            BadgeCount = (int?)line.GetValue(badgeCount),
            RequireInteraction = Flag(line, requireInteraction),
            Silent = Flag(line, silent),
            Renotify = Flag(line, renotify),
            Data = line.GetValue(data) is { } json ? JsonSerializer.Deserialize(json, ContentJson.Default.JsonElement) : null,
            Actions = line.GetValue(actions) is { } list ? JsonSerializer.Deserialize(list, ContentJson.Default.ActionBodyArray) : null,
        };

    private static bool? Flag(ParseResult line, Option<bool> option) => line.GetValue(option) ? true : null;

    private static Option<long?> Number(string name, long most, string what, string description) =>
        new(name) { HelpName = what, Description = description, CustomParser = Checks.WholeNumber(name, 0, most) };

    private static Option<string?> Json<T>(string name, string description, JsonTypeInfo<T> type) =>
        new Option<string?>(name) { HelpName = "JSON", Description = description }.Checked(text => ProblemOf(text, type));

    private static string? ProblemOf<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) is null ? "must not be null." : null;
        }
        catch (JsonException exception)
        {
            return $"is not the JSON that belongs there: {exception.Message}";
        }
    }
}

/// <summary>JSON on the line, held to what a request body is held to.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = JsonBody.MaxDepth, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ActionBody[]))]
internal sealed partial class ContentJson : JsonSerializerContext;
