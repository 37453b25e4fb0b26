using Microsoft.Playwright;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>One installation with a busy organization and one where nothing has happened, an account of each role, and one Chromium.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private const string OperatorEmail = "operator@example.com";

    private readonly PlaywrightChromium chromium = new();
    private readonly Dictionary<string, Account> accounts = [];

    public RunningServer Server { get; private set; } = null!;

    public string Root => Server.Url.GetLeftPart(UriPartial.Authority);

    internal Account Operator => accounts[Roles.Operator];

    internal Place Busy { get; private set; } = null!;

    internal Place Empty { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(
            clock: null,
            ("Pushbell:Bootstrap:OwnerEmail", OperatorEmail),
            ("Pushbell:Bootstrap:OwnerPassword", Account.Password),
            ("Pushbell:Bootstrap:OrganizationName", "Corner Shop Ltd"),
            ("Pushbell:Bootstrap:ServiceIdentifier", "corner-shop"),
            ("Pushbell:Bootstrap:Plan", "scale"),
            ("Pushbell:Bootstrap:Credits", "250000")
        );
        accounts[Roles.Operator] = await Account.SignInAsync(Server.Url, OperatorEmail);
        Busy = await new BusyOrganization(Server, Operator).FillAsync();
        foreach (var role in (string[])[Roles.Viewer, Roles.Sender, Roles.Admin, Roles.Owner])
        {
            var invitation = await Operator.PostAsync($"{Busy.OrganizationPath}/invitations", new { email = $"{role}@example.com", role });
            accounts[role] = await Account.JoinAsync(Server.Url, invitation.GetProperty("link").GetString()!);
        }

        Empty = await AddOrganizationAsync("Quiet Ltd", "quiet-app");
    }

    /// <summary>A browser in which an account of this role has signed in. The operator is no member of what was added.</summary>
    internal async Task<IBrowserContext> SignedInAsync(string role)
    {
        var context = await chromium.VisitorAsync();
        await context.AddCookiesAsync([accounts[role].Cookie]);
        return context;
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    internal Task<IBrowserContext> VisitorAsync() => chromium.VisitorAsync();

    /// <summary>One more organization with a service, both without any content.</summary>
    internal async Task<Place> AddOrganizationAsync(string name, string identifier)
    {
        var organization = (await Operator.PostAsync("/organizations", new { name })).GetProperty("organization_id").GetString()!;
        var service = await Operator.PostAsync($"/organizations/{organization}/services", new { identifier, contact_email = "push@example.com" });
        return new Place(organization, service.GetProperty("service_id").GetString()!, service.GetProperty("name").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        foreach (var account in accounts.Values)
        {
            account.Dispose();
        }

        await Server.DisposeAsync();
    }
}
