using System.Text.Json;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Notifications;

/// <summary>What the person sees and how the push services are to treat it. Validated by the API that took it.</summary>
public sealed record NotificationContent
{
    public const int DefaultTtlSeconds = 86_400, MaxTtlSeconds = 2_419_200;

    public required string Title { get; init; }

    public required string Body { get; init; }

    public string? Icon { get; init; }

    public string? Badge { get; init; }

    public string? Image { get; init; }

    /// <summary>Replaces an earlier notification with the same tag; null: the notification's own id, so that a second copy replaces the first unseen.</summary>
    public string? Tag { get; init; }

    /// <summary>The caller's own JSON object, handed to the page as it is.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Where a tap leads, absolute.</summary>
    public string? Url { get; init; }

    /// <summary>Buttons, in order; browsers show the first two or so.</summary>
    public IReadOnlyList<NotificationAction> Actions { get; init; } = [];

    /// <summary>Stays until the person acts on it.</summary>
    public bool? RequireInteraction { get; init; }

    /// <summary>Neither sound nor vibration; it is still shown.</summary>
    public bool? Silent { get; init; }

    /// <summary>Alerts again when it replaces one with the same tag.</summary>
    public bool? Renotify { get; init; }

    /// <summary>The number on the app's icon.</summary>
    public int? BadgeCount { get; init; }

    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    public int TtlSeconds { get; init; } = DefaultTtlSeconds;

    /// <summary>Replaces an undelivered message with the same topic at the push service.</summary>
    public PushTopic? Topic { get; init; }
}

/// <summary>A button of a notification.</summary>
/// <param name="Action">What the page is told when it is pressed.</param>
/// <param name="Title">What stands on it.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Url">Where it leads, absolute; null: where the notification itself leads.</param>
public sealed record NotificationAction(string Action, string Title, string? Icon, string? Url);
