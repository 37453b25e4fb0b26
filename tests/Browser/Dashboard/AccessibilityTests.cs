using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>"axe: no violation on any page", by day and by night, on a desk and on a phone; and nothing is wider than the screen.</summary>
[Collection(DashboardCollection.Name)]
public sealed class AccessibilityTests(DashboardFixture fixture)
{
    /// <summary>What opens over a page: the page, the button, and the name of what opens.</summary>
    private static readonly (string Page, string Button, string Title)[] Dialogs =
    [
        ("/organizations", "Create organization", "Create an organization"),
        ("/:organization/usage", "Top up", "Top up Corner Shop Ltd"),
        ("/:organization/usage", "Change plan", "Plan of Corner Shop Ltd"),
        ("/:organization/members", "Invite", "Invite somebody"),
        ("/:organization/management-keys", "Create key", "Create"),
        ("/:organization/:service/notifications/:request", "Cancel", "Cancel this notification?"),
        ("/:organization/:service/clients/:client", "Deregister", "Deregister this client?"),
        ("/:organization/:service/settings/keys", "Create key", "Create"),
        ("/:organization/:service/settings/vapid", "Rotate", "Rotate the VAPID key"),
    ];

    [Fact]
    public Task EveryPage_Full_HasNoViolation() => PassAsync(fixture.Busy, [.. View.All]);

    [Fact]
    public Task EveryPage_Empty_HasNoViolation() => PassAsync(fixture.Empty, View.Desktop, View.PhoneByNight);

    [Fact]
    public async Task EveryDialog_HasNoViolation()
    {
        await using var context = await fixture.SignedInAsync(Roles.Operator);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        var violations = new List<string>();

        foreach (var (address, button, title) in Dialogs)
        {
            var page = DashboardPages.All.Single(page => page.Pattern == address);
            await View.Desktop.ShowAsync(tab.Page);
            await tab.GoAsync(fixture.Busy.Fill("/account")!, "Account and security");
            await tab.GoAsync(fixture.Busy.Fill(page.Pattern)!, fixture.Busy.Fill(page.Heading)!);
            await tab.Button(button).ClickAsync();
            var dialog = tab.Page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync(title);
            foreach (var view in (View[])[View.Desktop, View.PhoneByNight])
            {
                await view.ShowAsync(tab.Page);
                violations.AddRange(await view.ViolationsAsync(tab.Page, $"{page} {button}"));
            }

            await tab.Page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
        }

        violations.ShouldBeEmpty();
        tab.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Entrance_HasNoViolation()
    {
        await using var context = await fixture.VisitorAsync();
        var page = await context.NewPageAsync();
        var violations = new List<string>();

        await page.GotoAsync(fixture.Root);
        await page.GetByLabel("Email").FillAsync("nobody@example.com");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        violations.AddRange(await View.AllViolationsAsync(page, "sign in"));
        await page.EvaluateAsync("location.hash = '/link/ln_unknown'");
        await Expect(page.Locator("h1")).ToHaveTextAsync("This link cannot be used");
        violations.AddRange(await View.AllViolationsAsync(page, "link"));

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Menu_OnAPhone_LeadsByKeyboardAndHasNoViolation()
    {
        await using var context = await fixture.SignedInAsync(Roles.Viewer);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        await View.Phone.ShowAsync(tab.Page);

        await tab.Button("Open the menu").PressAsync("Enter");
        var drawer = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Clients" })).ToBeVisibleAsync();
        (await View.AllViolationsAsync(tab.Page, "menu", View.Phone, View.PhoneByNight)).ShouldBeEmpty();
        await drawer.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Clients" }).PressAsync("Enter");

        await tab.ArrivedAsync("Clients");
        await Expect(drawer).ToHaveCountAsync(0);
        tab.TakeComplaints().ShouldBeEmpty();
    }

    private async Task PassAsync(Place place, params View[] views)
    {
        await using var context = await fixture.SignedInAsync(Roles.Operator);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        var wrong = new List<string>();

        foreach (var page in DashboardPages.All)
        {
            if (place.Fill(page.Pattern) is { } address)
            {
                await View.Desktop.ShowAsync(tab.Page);
                await tab.GoAsync(address, place.Fill(page.Heading)!);
                wrong.AddRange(await View.AllViolationsAsync(tab.Page, $"{page}", views));
                wrong.AddRange(tab.TakeComplaints().Select(text => $"{page}: {text}"));
            }
        }

        wrong.ShouldBeEmpty();
    }
}
