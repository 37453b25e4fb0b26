using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>
/// A tab with the dashboard in it. It keeps what Chromium complains of on its console: exceptions, requests that failed, and
/// everything that the content security policy has kept from happening.
/// </summary>
internal sealed class DashboardTab
{
    private readonly List<string> complaints = [];

    private DashboardTab(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <param name="context">Of somebody who has signed in.</param>
    /// <param name="root">Of the server.</param>
    public static async Task<DashboardTab> OpenAsync(IBrowserContext context, string root)
    {
        var tab = new DashboardTab(await context.NewPageAsync());
        await tab.Page.GotoAsync(root + "/#/no/page/is/at/this/address");
        await tab.ArrivedAsync("There is no such page");
        return tab;
    }

    /// <summary>Goes to another page without loading the document anew, and waits until it is all there.</summary>
    public async Task GoAsync(string address, string heading)
    {
        await Page.EvaluateAsync("address => { document.querySelector('h1')?.setAttribute('data-left', ''); location.hash = address; }", address);
        await ArrivedAsync(heading);
    }

    /// <summary>Waits until the page of this name is all there.</summary>
    public async Task ArrivedAsync(string heading)
    {
        await Expect(Page.Locator("h1:not([data-left])")).ToHaveTextAsync(heading);
        await Expect(Page.Locator("main [aria-label=Loading], main [class*=Skeleton-root]")).ToHaveCountAsync(0);
    }

    public ILocator Find(Control control) => Main.GetByRole(control.Kind, new LocatorGetByRoleOptions { Name = control.Name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Main => Page.GetByRole(AriaRole.Main);

    /// <summary>What has been complained of since the last time.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        string[] all = [.. complaints];
        complaints.Clear();
        return all;
    }
}
