using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>Judges the facts about one person: first what stands in everybody's way, then the person's clients one by one.</summary>
internal static class Findings
{
    private const string AppleDomain = ".push.apple.com";

    /// <returns>The gravest first, and among equals what concerns all before what concerns one client.</returns>
    public static IReadOnlyList<Finding> Of(Facts facts) =>
        [
            .. OfService(facts.Service)
                .Concat(OfAllowance(facts))
                .Concat(OfPerson(facts))
                .Concat(OfPushServices(facts))
                .Concat(facts.Clients.SelectMany(client => ClientFindings.Of(facts, client)))
                .OrderByDescending(finding => finding.Level),
        ];

    /// <summary>The first thing that stands in the way, or that nothing does.</summary>
    public static string Verdict(Facts facts, IReadOnlyList<Finding> findings) =>
        findings switch
        {
            [{ Level: FindingLevel.Problem } gravest, ..] => gravest.Words.What,
            _ when facts.Recent.FirstOrDefault(delivery => delivery.WasShown) is { } shown =>
                $"{facts.Person} is reached: “{shown.Sent.Content.Title}” was shown.",
            [{ Level: FindingLevel.Warning } gravest, ..] => gravest.Words.What,
            _ => $"Nothing stands in the way of reaching {facts.Person}.",
        };

    private static IEnumerable<Finding> OfService(ServiceInfo service)
    {
        if (service.IsActive == 0)
        {
            yield return new(FindingLevel.Problem, new($"The service {service.Name} is switched off; nothing is sent.", "Switch it on in its settings."));
        }
        else if (service.NotificationsEnabled == 0)
        {
            yield return new(FindingLevel.Problem, new($"Notifications of {service.Name} are switched off.", "Switch them on in the service's settings."));
        }
    }

    private static IEnumerable<Finding> OfAllowance(Facts facts)
    {
        foreach (var window in new[] { facts.Quota.Day, facts.Quota.Hour }.Where(window => window.Remaining == 0))
        {
            yield return new(
                FindingLevel.Problem,
                new(
                    $"The plan's quota is used up: all {window.Limit} deliveries for {window.Name}.",
                    $"It begins anew at {window.ResetsAt:yyyy-MM-dd HH:mm} UTC; a larger plan gives more."
                )
            );
        }

        if (facts.Credits == 0)
        {
            yield return new(FindingLevel.Problem, new("No credits are left; sends are refused.", "Top up the organization's credits."));
        }
    }

    private static IEnumerable<Finding> OfPerson(Facts facts)
    {
        if (facts.Clients.Count == 0)
        {
            var todo = facts.Person is Person.Client
                ? "Check the id; clients of other services are not seen here."
                : "Check the spelling, and whether the page says who is signed in when it registers the browser. Somebody who never allowed notifications is not registered at all.";
            yield return new(FindingLevel.Problem, new($"Nobody is registered as {facts.Person}.", todo));
            if (facts.Service.IdentityMode == IdentityMode.Required && facts.Person is not Person.Client)
            {
                yield return new(
                    FindingLevel.Warning,
                    new(
                        "This service registers people by name only with an identity token.",
                        facts.Service.HasIdentityKey != 0
                            ? "Make sure that the backend signs one for signed-in people and that the page passes it on."
                            : "Give the service an identity key first: without one every token is refused."
                    )
                );
            }
        }
        else if (facts.Clients.All(client => client.Status != RegistrationStatus.Active))
        {
            yield return new(
                FindingLevel.Problem,
                new(
                    facts.Clients is [_] ? $"The only client of {facts.Person} is not active." : $"None of the {facts.Clients.Count} clients of {facts.Person} is active.",
                    "It takes one visit: the page registers the browser again when the person opens it and allows notifications."
                )
            );
        }
    }

    /// <summary>Only of those that the person's active clients use.</summary>
    private static IEnumerable<Finding> OfPushServices(Facts facts)
    {
        var used = facts.Clients.Select(client => client.PushService).ToHashSet(StringComparer.Ordinal);
        foreach (var alarm in facts.OpenAlarms.Where(alarm => used.Contains(alarm.Origin)))
        {
            yield return new(FindingLevel.Problem, new($"An alarm is open: {alarm.Sentence}", "Mend its cause, then resolve it under Alarms."));
        }

        foreach (var pause in facts.Pauses.Where(pause => used.Contains(pause.Origin)))
        {
            if (pause.Until is { } until)
            {
                yield return new(
                    FindingLevel.Warning,
                    new($"Sending to {pause.Origin} pauses until {until:yyyy-MM-dd HH:mm:ss} UTC.", "It goes on by itself; messages wait as long as their TTL allows.")
                );
            }

            if (pause.IsQuarantined && facts.OpenAlarms.All(alarm => alarm.Origin != pause.Origin))
            {
                yield return new(FindingLevel.Warning, new($"What {pause.Origin} says of gone subscriptions is not believed at present.", "Look at the alarms."));
            }
        }

        if (facts.Service.ContactEmail == NewService.PlaceholderContact && used.Any(IsApple))
        {
            yield return new(
                FindingLevel.Problem,
                new($"Apple refuses messages signed with the placeholder {NewService.PlaceholderContact}.", "Give the service a contact address that can be reached.")
            );
        }
    }

    private static bool IsApple(string origin) => new Uri(origin).IdnHost.EndsWith(AppleDomain, StringComparison.Ordinal);
}
