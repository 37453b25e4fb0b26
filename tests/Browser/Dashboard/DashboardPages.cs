using Microsoft.Playwright;
using static Pushbell.Browser.Tests.Dashboard.Roles;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>Something to press, and the least role that it is offered to.</summary>
internal sealed record Control(AriaRole Kind, string Name, string Least);

/// <summary>A page as the dashboard's table of routes has it; the heading may name what is on view.</summary>
internal sealed record DashboardPage(string Pattern, string Heading, string Least, params Control[] Controls)
{
    /// <summary>For file names: <c>settings-keys</c>.</summary>
    public string Name =>
        Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [":organization"] => "home",
            var parts => string.Join('-', parts.Where(part => part is not (":organization" or ":service")).Select(part => part.TrimStart(':'))),
        };

    public override string ToString() => Pattern;
}

/// <summary>Every page of the dashboard, who may look at it, and what tells on it who may do what.</summary>
internal static class DashboardPages
{
    public static IReadOnlyList<DashboardPage> All { get; } =
    [
        new("/account", "Account and security", Viewer, Button("Change password", Viewer), Button("Turn on", Viewer)),
        new("/organizations", "Organizations", Operator, Button("Create organization", Operator)),
        new("/:organization/extensions", "Extensions", Viewer, Link("Add a service", Admin)),
        new("/:organization/extensions/push", "Enable push notifications", Admin, Button("Continue", Admin)),
        new("/:organization/usage", "Usage and credits", Viewer, Link("Download as CSV", Viewer), Button("Top up", Operator), Button("Change plan", Operator)),
        new("/:organization/members", "Members", Viewer, Button("Invite", Admin)),
        new("/:organization/management-keys", "Management keys", Admin, Button("Create key", Owner)),
        new("/:organization/audit", "Audit log", Admin),
        new("/:organization", "Extensions", Viewer, Link("Add a service", Admin)),
        new("/:organization/:service/overview", "Overview", Viewer, Link("Compose", Sender)),
        new("/:organization/:service/start", ":service-name is ready", Viewer, Button("Send a test notification", Sender)),
        new("/:organization/:service/compose", "Compose", Sender, Button("Send now", Sender)),
        new("/:organization/:service/notifications", "Notifications", Viewer, Link("Compose", Sender)),
        new("/:organization/:service/notifications/:request", ":title", Viewer, Link("Send again", Sender), Button("Cancel", Sender)),
        new("/:organization/:service/clients", "Clients", Viewer, Button("Find", Viewer)),
        new("/:organization/:service/clients/:client", ":person", Viewer, Button("Send a test", Sender), Button("Deregister", Admin)),
        new("/:organization/:service/troubleshooting", "Why was this person not reached?", Viewer, Button("Find out", Viewer)),
        new("/:organization/:service/settings", "Settings", Viewer, Button("Save", Admin)),
        new("/:organization/:service/settings/keys", "Settings", Viewer, Button("Create key", Admin)),
        new("/:organization/:service/settings/vapid", "Settings", Viewer, Button("Rotate", Admin)),
    ];

    private static Control Button(string name, string least) => new(AriaRole.Button, name, least);

    private static Control Link(string name, string least) => new(AriaRole.Link, name, least);
}
