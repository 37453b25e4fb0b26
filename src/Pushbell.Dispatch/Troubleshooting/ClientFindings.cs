using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>Judges one client of the person: whether it can be sent to, and what became of what was sent.</summary>
internal static class ClientFindings
{
    public static IEnumerable<Finding> Of(Facts facts, Registration client)
    {
        var name = DeviceName.Of(client.DeviceInfo) is { } device ? $"{device} ({PublicId.Registration(client.Id)})" : PublicId.Registration(client.Id);
        if (client.Status != RegistrationStatus.Active)
        {
            yield return OfEnded(facts, client, name);
            yield break;
        }

        if (!client.HasCurrentKey)
        {
            yield return new(
                FindingLevel.Warning,
                new(
                    $"{name} subscribed with an earlier VAPID key; it is still sent to with that one.",
                    "The SDK subscribes anew at the next visit; until then do not retire the key."
                ),
                client.Id
            );
        }

        yield return OfDeliveries([.. facts.Recent.Where(delivery => delivery.Registration == client.Id)], client, name);
    }

    private static Finding OfEnded(Facts facts, Registration client, string name)
    {
        // Beside one that is reached, an old one is no reason.
        var level = facts.Clients.Any(other => other.Status == RegistrationStatus.Active) ? FindingLevel.Warning : FindingLevel.Problem;
        var because = client.StatusReason is { Length: > 0 } reason ? $": {reason}" : "";
        var words = client.Status switch
        {
            RegistrationStatus.Expired => new Words(
                $"{name} has expired{because}.",
                "The person must open the site on that device and allow notifications again."
            ),
            RegistrationStatus.Unregistered => new Words(
                $"{name} is unregistered{because}.",
                "That was the person's or the organization's will; only the person can register it again."
            ),
            _ => new Words($"{name} is inactive{because}.", "The browser must subscribe again, which the SDK does at the next visit; an open alarm must be resolved."),
        };
        return new(level, words, client.Id);
    }

    private static Finding OfDeliveries(IReadOnlyList<RecentDelivery> recent, Registration client, string name)
    {
        if (recent is not [var last, ..])
        {
            return client.NotificationCount == 0
                ? new(FindingLevel.Warning, new($"Nothing has been accepted for {name} yet.", "Send it a test."), client.Id)
                : new(
                    FindingLevel.Warning,
                    new(
                        $"None of the last {RecentDeliveries.LookedThrough:N0} notifications was addressed to {name}.",
                        "Check the target of the send: the email or user id there must be the one registered here."
                    ),
                    client.Id
                );
        }

        var title = last.Sent.Content.Title;
        return last.State.End switch
        {
            DeliveryEnd.Accepted when last.WasShown => new(FindingLevel.Ok, new($"{name}: the last notification, “{title}”, was shown.", null), client.Id),
            DeliveryEnd.Accepted when recent.Any(delivery => delivery.WasShown) => new(
                FindingLevel.Warning,
                new(
                    $"{name}: the push service took “{title}”, but it has not been shown yet; earlier ones were.",
                    "The device may be off or offline. It is shown when the device comes back within the TTL."
                ),
                client.Id
            ),
            DeliveryEnd.Accepted => new(
                FindingLevel.Warning,
                new(
                    $"{name}: the push service accepts what is sent, but the browser has never reported anything as shown.",
                    "Look at the device: is it on and online, is the browser running, are notifications allowed in the system's settings, is a focus or "
                        + "do-not-disturb mode on? A page with a service worker of its own must report receipts."
                ),
                client.Id
            ),
            DeliveryEnd.Pending => new(
                FindingLevel.Warning,
                new($"{name}: “{title}” is still pending. {DeliveryWords.Of(last.State.Reason)?.What}".TrimEnd(), DeliveryWords.Of(last.State.Reason)?.ToDo),
                client.Id
            ),
            DeliveryEnd.Cancelled => new(FindingLevel.Warning, Why(name, title, last, "was cancelled"), client.Id),
            DeliveryEnd.Expired => new(FindingLevel.Problem, Why(name, title, last, "expired"), client.Id),
            _ => new(FindingLevel.Problem, Why(name, title, last, "was refused"), client.Id),
        };
    }

    private static Words Why(string name, string title, RecentDelivery last, string end)
    {
        var why = DeliveryWords.Of(last.State.Reason);
        return new($"{name}: “{title}” {end}. {why?.What}".TrimEnd(), why?.ToDo);
    }
}
