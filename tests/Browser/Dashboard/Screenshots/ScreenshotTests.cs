using Microsoft.Playwright;
using Pushbell.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard.Screenshots;

/// <summary>"Screenshots of every page (desktop, phone, light, dark, empty, full with 100,000 clients and a running broadcast)."</summary>
[Collection(DashboardCollection.Name)]
public sealed class ScreenshotTests(DashboardFixture fixture)
{
    private const int People = 100_000;

    [PicturesFact]
    public Task EveryPage_Empty() => TakeAsync("empty", fixture.Empty, DashboardPages.All);

    [PicturesFact]
    public async Task EveryPage_Full()
    {
        await fixture.Operator.CallAsync(HttpMethod.Put, $"{fixture.Busy.OrganizationPath}/plan", new { plan = "custom", hourly = 150_000, daily = 1_000_000 });
        await Crowd.FillAsync(fixture.Server, People);
        await History.WriteAsync(fixture.Server);
        var message = new { title = "Good morning, everybody", body = "The shop is open.", target_all = true };
        var sent = await fixture.Operator.PostAsync($"{fixture.Busy.ServicePath}/notifications", message);
        var place = fixture.Busy with { Request = (sent.GetProperty("request_id").GetString()!, message.title) };

        // The broadcast first, while it runs.
        await TakeAsync("full", place, DashboardPages.All.OrderByDescending(page => page.Name.Contains("notification", StringComparison.Ordinal)));
    }

    [PicturesFact]
    public async Task Entrance()
    {
        await using var context = await fixture.VisitorAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(fixture.Root);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await TakeAsync(page, "sign-in");
    }

    private async Task TakeAsync(string kind, Place place, IEnumerable<DashboardPage> pages)
    {
        await using var context = await fixture.SignedInAsync(Roles.Operator);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        foreach (var page in pages)
        {
            if (place.Fill(page.Pattern) is { } address)
            {
                await tab.GoAsync(address, place.Fill(page.Heading)!);
                await TakeAsync(tab.Page, $"{page.Name}-{kind}");
            }
        }
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        foreach (var view in View.All)
        {
            await view.ShowAsync(page);
            var path = Path.Combine(PicturesFactAttribute.Folder!, $"{name}-{view.Name}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }
}
