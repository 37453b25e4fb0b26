using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting.Sending;

/// <summary>What /v2 and /manage ask of a send, each rule with the sentence that says how to keep it.</summary>
internal static class SendRules
{
    public const int MaxTitle = 100, MaxBody = 255, MaxIds = 10_000, MaxActions = 8;

    public static bool HasIdLists(this SendBody body) =>
        (body.TargetUserEmails ?? body.TargetUserIds ?? body.TargetRegistrationIds) is not null;

    /// <summary>The same with target_all set, whatever it says of targets.</summary>
    public static SendBody ToBroadcast(this SendBody body) =>
        body with
        {
            TargetAll = true,
            TargetUserEmails = null,
            TargetUserIds = null,
            TargetRegistrationIds = null,
        };

    /// <summary>What the person is to see, or the first thing that is wrong with it.</summary>
    public static Result<NotificationContent> ToContent(this SendBody body)
    {
        var urgency = PushUrgency.Normal;
        PushTopic? topic = string.IsNullOrEmpty(body.Tag) ? null : PushTopic.FromTag(body.Tag);
        var problem =
            CheckText("title", body.Title, MaxTitle)
            ?? CheckText("body", body.Body, MaxBody)
            ?? (
                body.Urgency is null || PushUrgencyHeader.TryParse(body.Urgency, out urgency)
                    ? null
                    : "urgency must be one of very-low, low, normal, high."
            )
            ?? (
                body.Ttl is < 0 or > NotificationContent.MaxTtlSeconds
                    ? $"ttl must be from 0 to {NotificationContent.MaxTtlSeconds} seconds (28 days)."
                    : null
            )
            ?? CheckData(body.Data)
            ?? WebAddress.Check("url", body.Url)
            ?? CheckTopic(body.Topic, ref topic)
            ?? (body.BadgeCount < 0 ? "badge_count must be 0 or more." : null)
            ?? CheckActions(body.Actions);
        if (problem is not null)
        {
            return new Failure.InvalidRequest(problem);
        }

        return new NotificationContent
        {
            Title = body.Title!,
            Body = body.Body!,
            Icon = body.Icon,
            Badge = body.Badge,
            Image = body.Image,
            Tag = string.IsNullOrEmpty(body.Tag) ? null : body.Tag,
            Data = body.Data is { ValueKind: JsonValueKind.Null } ? null : body.Data,
            Url = body.Url,
            Actions = [.. (body.Actions ?? []).Select(action => new NotificationAction(action.Action!, action.Title!, action.Icon, action.Url))],
            RequireInteraction = body.RequireInteraction,
            Silent = body.Silent,
            Renotify = body.Renotify,
            BadgeCount = body.BadgeCount,
            Urgency = urgency,
            TtlSeconds = body.Ttl ?? NotificationContent.DefaultTtlSeconds,
            Topic = topic,
        };
    }

    /// <summary>Exactly one of the four targets, or the sentence that says so.</summary>
    public static Result<Target> ToTarget(this SendBody body)
    {
        var lists = new[]
        {
            ("target_user_emails", body.TargetUserEmails),
            ("target_user_ids", body.TargetUserIds),
            ("target_registration_ids", body.TargetRegistrationIds),
        };
        var given = lists.Where(list => list.Item2 is not null).ToArray();
        if ((body.TargetAll == true ? 1 : 0) + given.Length != 1)
        {
            return new Failure.InvalidRequest(
                "Name the target with exactly one of target_all: true, target_user_emails, target_user_ids, target_registration_ids."
            );
        }

        if (given is not [(var name, { } ids)])
        {
            return new Target.Everyone();
        }

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

    private static string? CheckTopic(string? text, ref PushTopic? topic)
    {
        if (text is null)
        {
            return null;
        }

        if (!PushTopic.TryParse(text, out var parsed))
        {
            return "topic must be 1 to 32 characters of letters, digits, hyphens and underscores.";
        }

        topic = parsed;
        return null;
    }

    private static string? CheckActions(IReadOnlyList<ActionBody>? actions)
    {
        if (actions?.Count > MaxActions)
        {
            return $"actions must hold at most {MaxActions} entries; it holds {actions.Count}.";
        }

        return (actions ?? [])
            .Select(
                (action, at) =>
                    action is null || string.IsNullOrEmpty(action.Action) || string.IsNullOrEmpty(action.Title)
                        ? $"actions[{at}] must have an action and a title."
                        : WebAddress.Check($"actions[{at}].url", action.Url)
            )
            .FirstOrDefault(problem => problem is not null);
    }

    /// <summary>JSON can spell half of a surrogate pair, which no text can hold and no payload carry.</summary>
    private static string? CheckData(JsonElement? data)
    {
        if (data is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            return "data must be a JSON object.";
        }

        return data is null or { ValueKind: JsonValueKind.Null } || IsUnicode(data.Value) ? null : "data must be valid Unicode.";
    }

    private static bool IsUnicode(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(property => IsUnicode(property.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsUnicode),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Characters are Unicode scalar values: an emoji counts once, however it is encoded.</summary>
    private static string? CheckText(string name, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"{name} is required and must not be empty.";
        }

        var length = text.EnumerateRunes().Count();
        return length > most ? $"{name} has {length} characters; at most {most} are allowed." : null;
    }
}
