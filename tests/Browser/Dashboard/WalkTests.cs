using Microsoft.Playwright;
using Pushbell.Browser.Tests.Drivers;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>"A new installation from first start to a delivered test notification using only the dashboard."</summary>
[Collection(BrowserCollection.Name)]
public sealed class WalkTests
{
    private const string Password = "a few unrelated words";

    [Fact]
    public async Task FirstStart_OnlyTheDashboard_EndsWithANotificationInThisBrowser()
    {
        await using var installation = await FirstRun.StartAsync();
        await using var chromium = new PlaywrightChromium();
        await using var profile = new BrowserProfile();
        await using var context = await chromium.SubscriberAsync(profile, installation.PushService.ChromiumFlags, installation.Root);
        var page = await context.NewPageAsync();

        await ChoosePasswordAsync(page, installation.Link);
        await EnableAsync(page);
        await JoinSiteAsync(page, installation.Root);
        await TestAsync(page, installation);
        await OnlyOnceAsync(context, installation.Link);
    }

    private static async Task ChoosePasswordAsync(IPage page, Uri link)
    {
        await page.GotoAsync(link.ToString());
        await TitleAsync(page, "Welcome to Pushbell");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("ada@example.com");
        await page.GetByLabel("New password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await PressAsync(page, "Save and sign in");
        await TitleAsync(page, "Overview");
    }

    /// <summary>Extensions → Push notifications → Enable → wizard.</summary>
    private static async Task EnableAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Extensions" }).ClickAsync();
        await TitleAsync(page, "Extensions");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add a service" }).ClickAsync();
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Corner Shop");
        await PressAsync(page, "Continue");
        await Expect(page.GetByLabel("Contact email")).ToHaveValueAsync("ada@example.com");
        await PressAsync(page, "Continue");
        await page.GetByLabel("Allowed origins").FillAsync("https://shop.example.com");
        await PressAsync(page, "Continue");
        await Expect(page.GetByLabel("Generate a new pair")).ToBeCheckedAsync();
        await PressAsync(page, "Enable");
        await TitleAsync(page, "Corner Shop is ready");
    }

    /// <summary>What the wizard ends with: the snippet and the phone's way in.</summary>
    private static async Task JoinSiteAsync(IPage page, string root)
    {
        var snippet = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "page", Exact = true });
        await Expect(snippet).ToContainTextAsync($"import {{ PushbellPWA }} from \"{root}/sdk/pushbell.js\";");
        await Expect(snippet).ToContainTextAsync("organizationPublishableKey: \"pk_");
        await Expect(snippet).Not.ToContainTextAsync("pk_your_publishable_key");
        await Expect(page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = $"QR code of {root}/pwa/corner-shop/" }).Locator("path")).ToHaveCountAsync(1);
    }

    private static async Task TestAsync(IPage page, FirstRun installation)
    {
        await PressAsync(page, "Send a test notification");
        // Subscribing takes Chromium some seconds.
        await Expect(page.GetByText("It arrived and is shown")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 90_000 });
        await Expect(page.GetByText("The push service has accepted it")).ToBeVisibleAsync();
        var counters = installation.PushService.Counters;
        (counters.Posts, counters.Accepted, counters.Acknowledged).ShouldBe((1, 1, 1));
        (await page.EvaluateAsync<string[]>(
            """
            async () => {
              const registrations = await navigator.serviceWorker.getRegistrations();
              const shown = await Promise.all(registrations.map(registration => registration.getNotifications()));
              return shown.flat().map(({ title }) => title);
            }
            """
        )).ShouldHaveSingleItem().ShouldContain("Test notification");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Clients", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("ada@example.com");
    }

    private static async Task OnlyOnceAsync(IBrowserContext context, Uri link)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(link.ToString());
        await TitleAsync(page, "This link cannot be used");
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private static Task TitleAsync(IPage page, string title) => Expect(page.Locator("h1")).ToHaveTextAsync(title);
}
