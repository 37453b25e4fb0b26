using Pushbell.Browser.Tests.Drivers;
using Pushbell.Browser.Tests.Site;

namespace Pushbell.Browser.Tests;

/// <summary>A site and a browser that the tests of one class share; each test opens a page of its own.</summary>
public abstract class BrowserFixture : IAsyncLifetime
{
    private DrivenBrowser? browser;

    internal TestSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await TestSite.StartAsync();

    /// <summary>Starts the browser for the first test that asks, so that a missing one skips tests instead of breaking the class.</summary>
    internal async Task<DrivenBrowser> BrowserAsync() => browser ??= await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<DrivenBrowser> StartAsync();
}

public sealed class FirefoxFixture : BrowserFixture
{
    private protected override async Task<DrivenBrowser> StartAsync() => await FirefoxBrowser.StartAsync();
}

public sealed class ChromiumFixture : BrowserFixture
{
    private protected override async Task<DrivenBrowser> StartAsync() => await ChromiumBrowser.StartAsync();
}
