using Microsoft.Playwright;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>The same unmodified Chromium driven by Playwright: pages are what it drives best. Started for the first test that asks.</summary>
internal sealed class PlaywrightChromium : IAsyncDisposable
{
    private readonly BrowserProfile home = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A visitor who has never been here, and whose browser keeps nothing.</summary>
    /// <param name="options">What the visitor's browser says of itself.</param>
    /// <param name="arguments">Of Chromium's command line; those of the first visitor hold for all.</param>
    public async Task<IBrowserContext> VisitorAsync(BrowserNewContextOptions? options = null, params string[] arguments)
    {
        var chromium = await ChromiumAsync();
        browser ??= await chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Executable(), Env = EnvironmentOf(home), Args = arguments }
        );
        return await browser.NewContextAsync(options);
    }

    /// <summary>A browser of its own that can be subscribed: only one with a profile can, and one that knows the local push service.</summary>
    /// <param name="profile">Its home; to be disposed after it.</param>
    /// <param name="pushService">What tells it of the local push service.</param>
    /// <param name="origin">Whose notifications it has been allowed to show.</param>
    public async Task<IBrowserContext> SubscriberAsync(BrowserProfile profile, IEnumerable<string> pushService, string origin)
    {
        var chromium = await ChromiumAsync();
        var context = await chromium.LaunchPersistentContextAsync(
            profile.Folder,
            new BrowserTypeLaunchPersistentContextOptions
            {
                ExecutablePath = Executable(),
                Env = EnvironmentOf(profile),
                Args = [.. pushService],
            }
        );
        await context.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = origin });
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        await home.DisposeAsync();
    }

    private static string Executable() => InstalledBrowser.Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>Nothing of the user's is read or written.</summary>
    private static Dictionary<string, string> EnvironmentOf(BrowserProfile profile) =>
        new(StringComparer.Ordinal) { ["HOME"] = profile.Folder, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };

    private async Task<IBrowserType> ChromiumAsync()
    {
        // A busy machine takes its time; a page that is wrong stays wrong.
        Assertions.SetDefaultExpectTimeout(60_000);
        return (playwright ??= await Playwright.CreateAsync()).Chromium;
    }
}
