using Microsoft.Extensions.DependencyInjection;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Browser.Tests.Site;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>
/// A whole installation — server, SQLite, local push service —, a site of another origin that uses it, and an unmodified browser that
/// knows of that push service.
/// </summary>
public abstract class InstallationFixture : IAsyncLifetime
{
    private DrivenBrowser? browser;

    public RunningServer Server { get; private set; } = null!;

    public ShopSite Shop { get; private set; } = null!;

    public string Origin => Server.Url.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        Shop = await ShopSite.StartAsync(Server.Url);
        await Server.Services.GetRequiredService<ServiceOrigins>().AddToAllAsync([Origin, Shop.Origin], CancellationToken.None);
    }

    internal async Task<DrivenBrowser> BrowserAsync() => browser ??= await StartAsync();

    /// <summary>Presses the notification shown last, or one of its buttons.</summary>
    internal abstract Task ClickNotificationAsync(string action = "");

    /// <summary>Puts the notification shown last away.</summary>
    internal abstract Task DismissNotificationAsync();

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        await Shop.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<DrivenBrowser> StartAsync();
}

public sealed class FirefoxInstallation : InstallationFixture
{
    internal override async Task ClickNotificationAsync(string action = "") =>
        await ((FirefoxBrowser)await BrowserAsync()).ClickNotificationAsync(action);

    internal override async Task DismissNotificationAsync() => await ((FirefoxBrowser)await BrowserAsync()).DismissNotificationAsync();

    private protected override async Task<DrivenBrowser> StartAsync() =>
        await FirefoxBrowser.StartAsync(Server.PushService.FirefoxServerUrl);
}

/// <summary>Headless Chromium draws no notification that could be pressed: its worker gets the event all the same.</summary>
public sealed class ChromiumInstallation : InstallationFixture
{
    internal override Task ClickNotificationAsync(string action = "") => FireAsync("notificationclick", action);

    internal override Task DismissNotificationAsync() => FireAsync("notificationclose", "");

    private protected override async Task<DrivenBrowser> StartAsync() =>
        await ChromiumBrowser.StartAsync([.. Server.PushService.ChromiumFlags]);

    private async Task FireAsync(string type, string action)
    {
        var worker = await ((ChromiumBrowser)await BrowserAsync()).ServiceWorkerAsync(Shop.Worker);
        await worker.EvaluateAsync(
            $$"""
            registration.getNotifications().then(shown => {
              const notification = shown.sort((a, b) => a.timestamp - b.timestamp).at(-1);
              self.dispatchEvent(new NotificationEvent("{{type}}", { notification, action: "{{action}}" }));
            })
            """
        );
    }
}
