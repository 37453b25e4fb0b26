using Microsoft.Playwright;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Enrol;

/// <summary>Every state of the page before anybody is subscribed: its sentence, and that everybody can read and use it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StateTests(EnrolFixture fixture) : IClassFixture<EnrolFixture>
{
    [Theory]
    [InlineData("home-screen", UserAgents.SafariOnIphone, "Put Morning Café on your Home Screen", "Tap Share at the bottom of Safari")]
    [InlineData("home-screen-tablet", UserAgents.SafariOnIpad, "Put Morning Café on your Home Screen", "Tap Share at the top of Safari")]
    [InlineData("other-browser", UserAgents.ChromeOnIphone, "Open this page in Safari", "Chrome cannot do it.")]
    [InlineData("other-browser-firefox", UserAgents.FirefoxOnIphone, "Open this page in Safari", "Firefox cannot do it.")]
    [InlineData("old-system", UserAgents.OldIphone, "Your iPhone or iPad needs an update", "iOS 16.4 or newer")]
    public async Task Open_OnApplesPhones_SaysWhatToDoThere(string state, string userAgent, string title, string sentence)
    {
        await using var visitor = await fixture.VisitorAsync(new BrowserNewContextOptions { UserAgent = userAgent, HasTouch = true });
        await OpenedAsync(visitor, fixture.PageOf(EnrolFixture.Service), state, title, sentence);
    }

    [Fact]
    public async Task Open_BrowserTooOldForMuch_StillSaysSo()
    {
        await using var visitor = await fixture.VisitorAsync(new BrowserNewContextOptions { UserAgent = UserAgents.OldIphone, HasTouch = true });
        // What of the platform iOS 14 lacks and the page might be tempted to use.
        await visitor.AddInitScriptAsync(
            """
            for (const name of ["BroadcastChannel", "PushManager", "Notification"]) delete window[name];
            for (const name of ["serviceWorker", "locks", "permissions", "storage"]) delete Navigator.prototype[name];
            delete AbortSignal.timeout;
            delete Object.hasOwn;
            delete Array.prototype.at;
            delete URL.canParse;
            """
        );
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "Your iPhone or iPad needs an update");
    }

    [Fact]
    public async Task TurnOn_PrivateWindow_SaysWhatItMayBe()
    {
        // To Chromium a context without a profile is a private window: it has push but never subscribes.
        await using var visitor = await VisitorAsync();
        await visitor.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = fixture.Origin });
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await page.GetByLabel("Your email").FillAsync("ann@example.com");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Turn on notifications" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("If this is a private window, open the page in a normal one.");
        await Audit.PassAsync(page, "failed");
    }

    [Fact]
    public async Task Open_NothingDecided_AsksForAnEmail()
    {
        await using var visitor = await VisitorAsync();
        await OpenedAsync(visitor, fixture.PageOf(EnrolFixture.Service), "ready", "Hear from Morning Café", "Leave your email");
    }

    [Fact]
    public async Task Open_Arabic_ReadsFromRightToLeft()
    {
        await using var visitor = await VisitorAsync("ar");
        var page = await OpenedAsync(visitor, fixture.PageOf(EnrolFixture.Service), "ready-arabic", "Morning Café", "بريدك");
        (await page.Locator("html").GetAttributeAsync("dir")).ShouldBe("rtl");
    }

    [Fact]
    public async Task Open_Blocked_SaysHowToUndoItAndFollows()
    {
        await using var visitor = await VisitorAsync();
        // Granting some permissions refuses all others.
        await visitor.GrantPermissionsAsync([], new BrowserContextGrantPermissionsOptions { Origin = fixture.Origin });
        var page = await OpenedAsync(
            visitor, fixture.PageOf(EnrolFixture.Service), "denied", "Notifications are blocked", "Click the icon left of the address");

        await visitor.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = fixture.Origin });
        await TitleAsync(page, "Hear from Morning Café");
    }

    [Theory]
    [InlineData("unsupported", "delete window.PushManager", "This browser cannot do it")]
    [InlineData("private", "navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'))", "This is a private window")]
    public async Task Open_BrowserWithoutPush_SaysSo(string state, string lack, string title)
    {
        await using var visitor = await VisitorAsync();
        await visitor.AddInitScriptAsync(lack);
        await OpenedAsync(visitor, fixture.PageOf(EnrolFixture.Service), state, title, "Open this page in a");
    }

    [Fact]
    public async Task Open_WithoutHttps_SaysSo()
    {
        await using var visitor = await VisitorAsync();
        await OpenedAsync(visitor, $"{fixture.InsecureOrigin}/pwa/{EnrolFixture.Service}/", "insecure", "This address is not secure", "https://");
    }

    [Fact]
    public async Task Open_ServiceThatAsksForProofs_SendsToItsOwnSite()
    {
        var key = IdentityKey.OfSecret(new string('k', IdentityKey.MinSecretLength));
        await fixture.AddServiceAsync("city-library", new ServiceChange { Identity = IdentityMode.Required, IdentityKey = key, ThemeColor = "#1d4ed8" });
        await using var visitor = await VisitorAsync();
        await OpenedAsync(visitor, fixture.PageOf("city-library"), "own-site", "Sign up on City Library’s own site", "where it knows you");
    }

    [Fact]
    public async Task Stay_NetworkLost_SaysSoAndGoesOnByItself()
    {
        await using var visitor = await VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "Hear from Morning Café");

        await visitor.SetOfflineAsync(true);
        await TitleAsync(page, "You are offline");
        await Audit.PassAsync(page, "offline");

        await visitor.SetOfflineAsync(false);
        await TitleAsync(page, "Hear from Morning Café");
    }

    [Fact]
    public async Task Stay_ServerComesBack_GoesOnByItself()
    {
        await using var visitor = await VisitorAsync();
        await visitor.Clock.InstallAsync();
        await visitor.RouteAsync("**/settings.json", route => route.AbortAsync("connectionreset"));
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "The server does not answer");

        await visitor.UnrouteAllAsync();
        await visitor.Clock.FastForwardAsync(10_000);

        await TitleAsync(page, "Hear from Morning Café");
    }

    [Fact]
    public async Task Stay_BackOnlineButServerSilent_KeepsWhatIsKnown()
    {
        await using var visitor = await VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "Hear from Morning Café");
        var asked = 0;
        await visitor.RouteAsync(
            "**/settings.json",
            async route =>
            {
                await route.AbortAsync("connectionreset");
                Interlocked.Increment(ref asked);
            }
        );

        await visitor.SetOfflineAsync(true);
        await TitleAsync(page, "You are offline");
        await visitor.SetOfflineAsync(false);

        await TitleAsync(page, "Hear from Morning Café");
        await Eventually.HoldsAsync(() => Task.FromResult(asked > 0));
        await TitleAsync(page, "Hear from Morning Café");
    }

    [Fact]
    public async Task Open_SettingsNotAnswered_SaysItIsTheServer()
    {
        await using var visitor = await VisitorAsync();
        await visitor.RouteAsync("**/settings.json", route => route.AbortAsync("connectionreset"));
        var page = await OpenedAsync(visitor, fixture.PageOf(EnrolFixture.Service), "unreachable", "The server does not answer", "not your doing");

        await visitor.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Check again" }).ClickAsync();
        await TitleAsync(page, "Hear from Morning Café");
    }

    [Fact]
    public async Task Stay_ServiceSwitchedOff_SaysThereIsNothing()
    {
        await fixture.AddServiceAsync("closing-shop", new ServiceChange());
        // Without the worker, whose copy of the settings counts as long as the network is still on its way back.
        await using var visitor = await fixture.VisitorAsync(
            new BrowserNewContextOptions { Locale = "en", ServiceWorkers = ServiceWorkerPolicy.Block });
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf("closing-shop"));
        await TitleAsync(page, "Hear from Closing Shop");

        await fixture.ChangeAsync("closing-shop", new ServiceChange { IsActive = false });
        await visitor.SetOfflineAsync(true);
        await TitleAsync(page, "You are offline");
        await visitor.SetOfflineAsync(false);
        await TitleAsync(page, "There is nothing here");
        await Audit.PassAsync(page, "missing");
    }

    [Fact]
    public async Task ChooseLanguage_German_StaysChosen()
    {
        await using var visitor = await VisitorAsync("en");
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await page.GetByLabel("Language").FocusAsync();
        await page.GetByLabel("Language").SelectOptionAsync("de");
        await TitleAsync(page, "Neues von Morning Café");
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("de");
        await Expect(page.GetByLabel("Sprache")).ToBeFocusedAsync();

        await page.ReloadAsync();
        await TitleAsync(page, "Neues von Morning Café");
    }

    [Fact]
    public async Task Audit_FieldWithoutALabel_IsFound()
    {
        await using var visitor = await VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(fixture.PageOf(EnrolFixture.Service));
        await TitleAsync(page, "Hear from Morning Café");
        await page.EvaluateAsync("document.body.append(document.createElement('input'))");
        (await Axe.ViolationsAsync(page)).ShouldContain(violation => violation.StartsWith("label:"));
    }

    private static async Task<IPage> OpenedAsync(IBrowserContext visitor, string address, string state, string title, string sentence)
    {
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToContainTextAsync(title);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(sentence);
        await Audit.PassAsync(page, state);
        return page;
    }

    private Task<IBrowserContext> VisitorAsync(string language = "en") =>
        fixture.VisitorAsync(new BrowserNewContextOptions { Locale = language });

    private static Task TitleAsync(IPage page, string title) =>
        Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync(title);
}
