using System.Text.Json;
using Pushbell.Browser.Tests.Drivers;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>A page of the shop, open in the browser: what its visitor does there, and what the SDK has told it.</summary>
internal sealed class ShopPage
{
    private readonly BrowserPage page;
    private readonly string address;

    private ShopPage(BrowserPage page, string address)
    {
        this.page = page;
        this.address = address;
    }

    /// <param name="installation">Where.</param>
    /// <param name="permission">What the user has decided about the shop's notifications.</param>
    /// <param name="options">Further options of the SDK, as a query.</param>
    public static async Task<ShopPage> OpenAsync(
        InstallationFixture installation,
        Permission permission = Permission.Granted,
        string options = ""
    )
    {
        var browser = await installation.BrowserAsync();
        await browser.SetNotificationPermissionAsync(installation.Shop.Origin, permission);
        var shop = new ShopPage(await browser.NewPageAsync(), installation.Shop.Origin + "/shop" + options);
        await shop.ReloadAsync();
        return shop;
    }

    /// <summary>Visits again: the SDK starts anew and puts right what has changed.</summary>
    public async Task ReloadAsync()
    {
        await page.GoAsync(address);
        await page.WaitUntilAsync("window.started");
    }

    /// <summary>Signs a person in and presses the button.</summary>
    /// <returns>The registration's id.</returns>
    public async Task<string> RegisterAsync(string email)
    {
        await SignInAsync(email);
        return (await EvaluateAsync("pushbell.registerForPush().then(registration => registration.registrationId)")).GetString()!;
    }

    public Task SignInAsync(string email) => EvaluateAsync($"pushbell.identify({{ email: '{email}' }})");

    /// <summary>Waits until the SDK has told the page of this.</summary>
    public Task HearsAsync(string kind, string title, int times = 1) => page.WaitUntilAsync($"{TimesHeard(kind, title)} === {times}");

    public async Task<int> TimesHeardAsync(string kind, string title) => (await EvaluateAsync(TimesHeard(kind, title))).GetInt32();

    /// <summary>What this page's worker shows under a tag. Only for what a page has heard of: asking makes Chromium drop what it is about to show.</summary>
    public async Task<IReadOnlyList<string>> TitlesShownAsync(string tag)
    {
        var titles = await EvaluateAsync(
            $"navigator.serviceWorker.ready.then(worker => worker.getNotifications({{ tag: '{tag}' }})).then(shown => shown.map(({{ title }}) => title))");
        return titles.Deserialize<string[]>()!;
    }

    public Task<JsonElement> EvaluateAsync(string expression) => page.EvaluateAsync(expression);

    private static string TimesHeard(string kind, string title) =>
        $"heard.filter(one => one.event === '{kind}' && one.title === '{title}').length";
}
