using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Hosting.Sending;

/// <summary>The body of a send or broadcast. Unknown fields are ignored.</summary>
/// <remarks>The attributes only describe; <see cref="SendRules"/> holds the rules, each with a sentence for whoever breaks it.</remarks>
internal sealed record SendBody
{
    /// <summary>Notification title, at most 100 characters.</summary>
    [Required]
    [Length(1, SendRules.MaxTitle)]
    public string? Title { get; init; }

    /// <summary>Notification body, at most 255 characters.</summary>
    [Required]
    [Length(1, SendRules.MaxBody)]
    public string? Body { get; init; }

    /// <summary>Icon URL.</summary>
    public string? Icon { get; init; }

    /// <summary>Badge URL: the small monochrome picture of the status bar.</summary>
    public string? Badge { get; init; }

    /// <summary>Large image URL.</summary>
    public string? Image { get; init; }

    /// <summary>Groups notifications: a later one with the same tag replaces an earlier one.</summary>
    public string? Tag { get; init; }

    /// <summary>Custom data, a JSON object that reaches the page as it is.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>How soon it matters: a device that saves power may wait with anything below high.</summary>
    [DefaultValue("normal")]
    [AllowedValues("very-low", "low", "normal", "high")]
    public string? Urgency { get; init; }

    /// <summary>How long a push service may keep trying, in seconds; at most 28 days, a day by default.</summary>
    [DefaultValue(NotificationContent.DefaultTtlSeconds)]
    [Range(0, NotificationContent.MaxTtlSeconds)]
    public int? Ttl { get; init; }

    /// <summary>Send to all active clients.</summary>
    public bool? TargetAll { get; init; }

    /// <summary>Send to these people by email address, on every active client of theirs; at most 10,000.</summary>
    [Length(1, SendRules.MaxIds)]
    public IReadOnlyList<string>? TargetUserEmails { get; init; }

    /// <summary>Send to these people by your own id for them; at most 10,000.</summary>
    [Length(1, SendRules.MaxIds)]
    public IReadOnlyList<string>? TargetUserIds { get; init; }

    /// <summary>Send to these client registrations; at most 10,000.</summary>
    [Length(1, SendRules.MaxIds)]
    public IReadOnlyList<string>? TargetRegistrationIds { get; init; }

    /// <summary>Answer at once with status queued, however few the targets.</summary>
    public bool? AsyncMode { get; init; }

    /// <summary>Where a tap leads: an absolute http or https address.</summary>
    [Url]
    public string? Url { get; init; }

    /// <summary>Buttons, at most 8; browsers show the first two or so.</summary>
    [MaxLength(SendRules.MaxActions)]
    public IReadOnlyList<ActionBody>? Actions { get; init; }

    /// <summary>Replaces an undelivered message with the same topic at the push service: at most 32 characters of base64url. Derived from tag when left out.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{1,32}$")]
    public string? Topic { get; init; }

    /// <summary>The notification stays until the person acts on it.</summary>
    public bool? RequireInteraction { get; init; }

    /// <summary>Neither sound nor vibration; the notification is still shown.</summary>
    public bool? Silent { get; init; }

    /// <summary>Alert again when replacing a notification with the same tag.</summary>
    public bool? Renotify { get; init; }

    /// <summary>The number on the app's icon; 0 clears it.</summary>
    [Range(0, int.MaxValue)]
    public int? BadgeCount { get; init; }

    /// <summary>Deliver from then on: ISO 8601 with a zone, at most a year ahead. The ttl counts from there; quota and credits are reserved now.</summary>
    [DataType(DataType.DateTime)]
    public string? SendAt { get; init; }

    /// <summary>Check and count everything, send and keep nothing.</summary>
    public bool? DryRun { get; init; }
}

/// <summary>A button of a notification.</summary>
internal sealed record ActionBody
{
    /// <summary>What the page is told when the button is pressed.</summary>
    [Required]
    [MinLength(1)]
    public string? Action { get; init; }

    /// <summary>What stands on the button.</summary>
    [Required]
    [MinLength(1)]
    public string? Title { get; init; }

    /// <summary>Icon URL.</summary>
    public string? Icon { get; init; }

    /// <summary>Where the button leads, instead of the notification's url.</summary>
    [Url]
    public string? Url { get; init; }
}
