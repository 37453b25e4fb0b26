using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Server.V2;

/// <summary>The body of a send or broadcast. Unknown fields are ignored.</summary>
internal sealed record SendBody
{
    private const int MaxTitle = 100, MaxBody = 255, MaxIds = 10_000;

    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? Icon { get; init; }

    public string? Badge { get; init; }

    public string? Image { get; init; }

    public string? Tag { get; init; }

    public JsonElement? Data { get; init; }

    public string? Urgency { get; init; }

    public int? Ttl { get; init; }

    public bool? TargetAll { get; init; }

    public IReadOnlyList<string>? TargetUserEmails { get; init; }

    public IReadOnlyList<string>? TargetUserIds { get; init; }

    public IReadOnlyList<string>? TargetRegistrationIds { get; init; }

    public bool? AsyncMode { get; init; }

    /// <summary>Where a tap leads (ours).</summary>
    public string? Url { get; init; }

    public bool HasIdLists => (TargetUserEmails ?? TargetUserIds ?? TargetRegistrationIds) is not null;

    public SendBody ToBroadcast() =>
        this with
        {
            TargetAll = true,
            TargetUserEmails = null,
            TargetUserIds = null,
            TargetRegistrationIds = null,
        };

    /// <summary>What the person is to see, or the first thing that is wrong with it.</summary>
    public Result<NotificationContent> ToContent()
    {
        if (CheckText("title", Title, MaxTitle) is { } badTitle)
        {
            return badTitle;
        }

        if (CheckText("body", Body, MaxBody) is { } badBody)
        {
            return badBody;
        }

        var urgency = PushUrgency.Normal;
        if (Urgency is not null && !PushUrgencyHeader.TryParse(Urgency, out urgency))
        {
            return new Failure.InvalidRequest("urgency must be one of very-low, low, normal, high.");
        }

        if (Ttl is < 0 or > NotificationContent.MaxTtlSeconds)
        {
            return new Failure.InvalidRequest($"ttl must be from 0 to {NotificationContent.MaxTtlSeconds} seconds (28 days).");
        }

        if (Data is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            return new Failure.InvalidRequest("data must be a JSON object.");
        }

        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
        {
            return new Failure.InvalidRequest("url must be an absolute http or https address.");
        }

        return new NotificationContent
        {
            Title = Title!,
            Body = Body!,
            Icon = Icon,
            Badge = Badge,
            Image = Image,
            Tag = Tag is "" ? null : Tag,
            Data = Data is { ValueKind: JsonValueKind.Null } ? null : Data,
            Url = Url,
            Urgency = urgency,
            TtlSeconds = Ttl ?? NotificationContent.DefaultTtlSeconds,
        };
    }

    /// <summary>Exactly one of the four targets, or the sentence that says so.</summary>
    public Result<Target> ToTarget()
    {
        var lists = new[] { TargetUserEmails, TargetUserIds, TargetRegistrationIds };
        if ((TargetAll == true ? 1 : 0) + lists.Count(list => list is not null) != 1)
        {
            return new Failure.InvalidRequest(
                "Name the target with exactly one of target_all: true, target_user_emails, target_user_ids, target_registration_ids."
            );
        }

        if (TargetAll == true)
        {
            return new Target.Everyone();
        }

        var ids = lists.First(list => list is not null)!;
        var name =
            TargetUserEmails is not null ? "target_user_emails"
            : TargetUserIds is not null ? "target_user_ids"
            : "target_registration_ids";
        if (ids.Count is 0 or > MaxIds)
        {
            return new Failure.InvalidRequest($"{name} must hold 1 to {MaxIds:N0} entries; it holds {ids.Count:N0}.");
        }

        if (ids.Any(string.IsNullOrWhiteSpace))
        {
            return new Failure.InvalidRequest($"{name} must hold strings that are not empty.");
        }

        return name switch
        {
            "target_user_emails" => ToEmails(ids),
            "target_user_ids" => new Target.UserIds([.. ids.Distinct(StringComparer.Ordinal)]),
            _ => new Target.RegistrationIds(ids),
        };
    }

    private static Result<Target> ToEmails(IReadOnlyList<string> texts)
    {
        var emails = texts.Select(SubscriberEmails.Normalize).ToArray();
        var bad = Array.IndexOf(emails, null);
        return bad >= 0
            ? new Failure.InvalidRequest($"target_user_emails[{bad}] is not an email address.")
            : new Target.Emails([.. emails.OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Characters are Unicode scalar values: an emoji counts once, however it is encoded.</summary>
    private static Failure.InvalidRequest? CheckText(string name, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Failure.InvalidRequest($"{name} is required and must not be empty.");
        }

        var length = text.EnumerateRunes().Count();
        return length > most ? new Failure.InvalidRequest($"{name} has {length} characters; at most {most} are allowed.") : null;
    }
}
