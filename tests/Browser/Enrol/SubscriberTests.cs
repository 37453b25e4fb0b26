using Microsoft.Playwright;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Enrol;

/// <summary>The course of a subscriber's visits, with nothing replaced: page, worker, server and push service are the real ones.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SubscriberTests(EnrolFixture fixture) : IClassFixture<EnrolFixture>
{
    [Fact]
    public async Task TurnOn_ThenSend_ListsWhatArrived()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "ann@example.com");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("For ann@example.com");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Nothing yet. What Morning Café sends appears here.");
        await Audit.PassAsync(page, "subscribed-empty");

        await SendAsync("ann@example.com", "Fresh bread at 7", "Sourdough, rye and the first plum cake of the year.");
        await SendAsync("ann@example.com", "Your table is ready", "Head to the host stand.", "https://example.com/table");

        var items = page.GetByRole(AriaRole.Listitem);
        await Expect(items).ToHaveCountAsync(2);
        await Expect(items.First).ToContainTextAsync("Your table is ready");
        await Expect(items.First.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://example.com/table");
        await Expect(items.Last).ToContainTextAsync("Sourdough, rye");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 3 })).ToHaveTextAsync("today");
        await Audit.PassAsync(page, "subscribed");
    }

    [Fact]
    public async Task Reopen_WithoutNetwork_ShowsTheListAllTheSame()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "bob@example.com");
        await SendAsync("bob@example.com", "We close early today", "Back tomorrow from 8.");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await page.ReloadAsync();

        await subscriber.SetOfflineAsync(true);
        await page.ReloadAsync();

        await TitleAsync(page, "Notifications are on");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToContainTextAsync("We close early today");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("You are offline.");
        await Audit.PassAsync(page, "subscribed-offline");
    }

    [Fact]
    public async Task ChangeEmail_AnotherOne_ReachesTheServer()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "carl@example.com");

        await PressAsync(page, "Change email");
        var field = page.GetByRole(AriaRole.Dialog).GetByLabel("Your email");
        await Expect(field).ToHaveValueAsync("carl@example.com");
        await Audit.PassAsync(page, "change-email");
        await field.FillAsync("carla@example.com");
        await PressAsync(page, "Save");

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("For carla@example.com");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("#change-email")).ToBeFocusedAsync();
        (await StatusesAsync("carla@example.com")).ShouldBe(["active"]);
        (await StatusesAsync("carl@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TurnOff_Confirmed_EndsTheRegistrationAndEmptiesTheList()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "dora@example.com");
        await SendAsync("dora@example.com", "Hello", "Dora");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        await PressAsync(page, "Turn off");
        await Audit.PassAsync(page, "turn-off");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Turn off" }).ClickAsync();

        await TitleAsync(page, "Hear from Morning Café");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeFocusedAsync();
        (await StatusesAsync("dora@example.com")).ShouldBe(["unregistered"]);
        await page.GetByLabel("Your email").FillAsync("dora@example.com");
        await PressAsync(page, "Turn on notifications");
        await TitleAsync(page, "Notifications are on");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Block_Subscriber_EndsTheRegistration()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "emil@example.com");

        await subscriber.ClearPermissionsAsync();
        await subscriber.GrantPermissionsAsync([], new BrowserContextGrantPermissionsOptions { Origin = fixture.Origin });
        await page.ReloadAsync();

        await TitleAsync(page, "Notifications are blocked");
        await Eventually.HoldsAsync(async () => await StatusesAsync("emil@example.com") is ["unregistered"]);
    }

    [Fact]
    public async Task Open_AnotherServicesPage_KnowsNothingOfTheFirst()
    {
        await fixture.AddServiceAsync("book-shop", new ServiceChange());
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await TurnedOnAsync(subscriber, "fay@example.com");
        await SendAsync("fay@example.com", "Hello", "Fay");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        var other = await subscriber.NewPageAsync();
        await other.GotoAsync(fixture.PageOf("book-shop"));
        await TitleAsync(other, "Hear from Book Shop");
        await other.GetByLabel("Your email").FillAsync("fay@example.com");
        await PressAsync(other, "Turn on notifications");
        await TitleAsync(other, "Notifications are on");
        await Expect(other.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        (await StatusesAsync("fay@example.com")).ShouldBe(["active"]);

        await page.ReloadAsync();
        await TitleAsync(page, "Notifications are on");
    }

    [Fact]
    public async Task TurnOn_NoEmail_SaysSoAndAsksNobody()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await OpenAsync(subscriber);
        await page.GetByLabel("Your email").FillAsync("not an address");
        await PressAsync(page, "Turn on notifications");

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Please enter an email address, such as ann@example.com.");
        await Expect(page.GetByLabel("Your email")).ToBeFocusedAsync();
        await Audit.PassAsync(page, "ready-error");
    }

    [Fact]
    public async Task Open_Chromium_MayBeInstalled()
    {
        await using var profile = new BrowserProfile();
        await using var subscriber = await fixture.SubscriberAsync(profile);
        var page = await OpenAsync(subscriber);
        var devtools = await subscriber.NewCDPSessionAsync(page);

        var manifest = await devtools.SendAsync("Page.getAppManifest");
        manifest!.Value.GetProperty("url").GetString().ShouldBe(fixture.PageOf(EnrolFixture.Service) + "manifest.webmanifest");
        manifest.Value.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var errors = await devtools.SendAsync("Page.getInstallabilityErrors");
        errors!.Value.GetProperty("installabilityErrors").GetRawText().ShouldBe("[]");
    }

    private async Task<IPage> OpenAsync(IBrowserContext subscriber)
    {
        var page = await subscriber.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "Hear from Morning Café");
        return page;
    }

    private async Task<IPage> TurnedOnAsync(IBrowserContext subscriber, string email)
    {
        var page = await OpenAsync(subscriber);
        await page.GetByLabel("Your email").FillAsync(email);
        await PressAsync(page, "Turn on notifications");
        await TitleAsync(page, "Notifications are on");
        return page;
    }

    private async Task SendAsync(string email, string title, string body, string? url = null)
    {
        using var response = await fixture.Server.V2Async(HttpMethod.Post, "/send", new { title, body, url, target_user_emails = new[] { email } });
        var answer = await RunningServer.JsonOf(response);
        answer.GetProperty("successful_sends").GetInt32().ShouldBe(1, answer.ToString());
    }

    private async Task<string[]> StatusesAsync(string email)
    {
        using var response = await fixture.Server.V2Async(HttpMethod.Get, $"/clients?user_email={email}");
        var clients = (await RunningServer.JsonOf(response)).GetProperty("clients").EnumerateArray();
        return [.. clients.Select(client => client.GetProperty("status").GetString()!)];
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    /// <summary>Subscribing takes Chromium some seconds.</summary>
    private static Task TitleAsync(IPage page, string title) =>
        Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }))
            .ToHaveTextAsync(title, new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
}
