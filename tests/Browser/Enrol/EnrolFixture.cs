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

    private readonly PlaywrightChromium chromium = new();

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
    internal Task<IBrowserContext> VisitorAsync(BrowserNewContextOptions options) =>
        chromium.VisitorAsync(options, $"--host-resolver-rules=MAP {InsecureHost} 127.0.0.1");

    /// <summary>A browser of its own that can be subscribed.</summary>
    internal Task<IBrowserContext> SubscriberAsync(BrowserProfile profile) =>
        chromium.SubscriberAsync(profile, Server.PushService.ChromiumFlags, Origin);

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await Server.DisposeAsync();
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
