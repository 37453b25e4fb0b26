using Microsoft.Extensions.DependencyInjection;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>A whole installation — server, SQLite, local push service — and an unmodified browser that knows of that push service.</summary>
public abstract class InstallationFixture : IAsyncLifetime
{
    private DrivenBrowser? browser;

    public RunningServer Server { get; private set; } = null!;

    public string Origin => Server.Url.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        await Server.Services.GetRequiredService<ServiceOrigins>().AddToAllAsync([Origin], CancellationToken.None);
    }

    internal async Task<DrivenBrowser> BrowserAsync() => browser ??= await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<DrivenBrowser> StartAsync();
}

public sealed class FirefoxInstallation : InstallationFixture
{
    private protected override async Task<DrivenBrowser> StartAsync() =>
        await FirefoxBrowser.StartAsync(Server.PushService.FirefoxServerUrl);
}

public sealed class ChromiumInstallation : InstallationFixture
{
    private protected override async Task<DrivenBrowser> StartAsync() =>
        await ChromiumBrowser.StartAsync([.. Server.PushService.ChromiumFlags]);
}
