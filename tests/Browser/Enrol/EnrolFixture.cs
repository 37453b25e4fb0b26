using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Enrol;

/// <summary>A whole installation and an unmodified Chromium, driven by Playwright: pages are what it drives best.</summary>
public sealed class EnrolFixture : IAsyncLifetime
{
    /// <summary>The service that most tests visit.</summary>
    public const string Service = "morning-cafe";

    public const string ServiceName = "Morning Café";

    /// <summary>Not an address of this machine to the browser, hence not trusted without https.</summary>
    private const string InsecureHost = "pushbell.test";

    private readonly BrowserProfile home = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningServer Server { get; private set; } = null!;

    public string Origin => Server.Url.GetLeftPart(UriPartial.Authority);

    public string InsecureOrigin => $"http://{InsecureHost}:{Server.Url.Port}";

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(null, ("Pushbell:Bootstrap:ServiceIdentifier", Service));
        await ChangeAsync(Service, new ServiceChange { Name = ServiceName, ThemeColor = "#c2410c", BackgroundColor = "#fff7ed" });
    }

    /// <summary>The page of a service.</summary>
    public string PageOf(string service) => $"{Origin}/pwa/{service}/";

    /// <summary>Adds a service to the organization of the first start.</summary>
    public async Task AddServiceAsync(string identifier, ServiceChange change)
    {
        var first = await FindAsync(Service);
        var create = Server.Services.GetRequiredService<CreateService>();
        await create.RunAsync(first.OrganizationId, new NewService(identifier), CancellationToken.None);
        await ChangeAsync(identifier, change);
    }

    public async Task ChangeAsync(string identifier, ServiceChange change)
    {
        var found = await FindAsync(identifier);
        var changes = Server.Services.GetRequiredService<ChangeService>();
        await changes.RunAsync(found.OrganizationId, found.Id, change, CancellationToken.None);
    }

    /// <summary>A visitor who has never been here, and whose browser keeps nothing.</summary>
    internal async Task<IBrowserContext> VisitorAsync(BrowserNewContextOptions options)
    {
        var chromium = await ChromiumAsync();
        browser ??= await chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable(),
                Env = Environment(home),
                Args = [$"--host-resolver-rules=MAP {InsecureHost} 127.0.0.1"],
            }
        );
        return await browser.NewContextAsync(options);
    }

    /// <summary>A browser of its own that can be subscribed: only one with a profile can, and one that knows the local push service.</summary>
    internal async Task<IBrowserContext> SubscriberAsync(BrowserProfile profile)
    {
        var chromium = await ChromiumAsync();
        var context = await chromium.LaunchPersistentContextAsync(
            profile.Folder,
            new BrowserTypeLaunchPersistentContextOptions
            {
                ExecutablePath = Executable(),
                Env = Environment(profile),
                Args = [.. Server.PushService.ChromiumFlags],
            }
        );
        await context.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = Origin });
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        await Server.DisposeAsync();
        await home.DisposeAsync();
    }

    private static string Executable() => InstalledBrowser.Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>Nothing of the user's is read or written.</summary>
    private static Dictionary<string, string> Environment(BrowserProfile profile) =>
        new(StringComparer.Ordinal) { ["HOME"] = profile.Folder, ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    private async Task<IBrowserType> ChromiumAsync()
    {
        // A busy machine takes its time; a page that is wrong stays wrong.
        Assertions.SetDefaultExpectTimeout(20_000);
        return (playwright ??= await Playwright.CreateAsync()).Chromium;
    }

    private async Task<ServiceRow> FindAsync(string identifier) =>
        await Server.Database.ReadAsync(
            session => session.FirstAsync<ServiceRow>("SELECT organization_id, id FROM service WHERE identifier = @identifier", new { identifier }),
            CancellationToken.None
        ) ?? throw new InvalidOperationException($"There is no service {identifier}.");

    private sealed record ServiceRow
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }
    }
}
