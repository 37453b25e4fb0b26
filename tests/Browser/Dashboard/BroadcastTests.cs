using Microsoft.Playwright;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>"Live progress of a 100,000 broadcast moves smoothly; two tabs agree."</summary>
[Collection(BrowserCollection.Name)]
public sealed class BroadcastTests(ITestOutputHelper output)
{
    private const int People = 100_000;
    private const string OwnerEmail = "owner@example.com";

    /// <summary>Of what is on view, often enough to miss no step: when, and how many were accepted.</summary>
    private const string Watch = """
        () => {
          const accepted = () => [...document.querySelectorAll("main span")].find(({ textContent }) => textContent === "Accepted")?.nextElementSibling;
          window.samples = [];
          setInterval(() => samples.push({ at: performance.now(), accepted: Number(accepted()?.textContent.replaceAll(",", "") ?? 0) }), 50);
        }
        """;

    /// <summary>Of all deliveries: a page that stood still meanwhile, and then jumped, shows more at once.</summary>
    private const double LargestStep = 0.4;

    private static readonly LocatorAssertionsToHaveTextOptions Patiently = new() { Timeout = 180_000 };

    [Fact]
    public async Task Compose_ToEverybody_MovesSmoothlyInTwoTabsThatAgree()
    {
        await using var server = await RunningServer.StartAsync(
            clock: null, ("Pushbell:Bootstrap:OwnerEmail", OwnerEmail), ("Pushbell:Bootstrap:OwnerPassword", Account.Password));
        await Crowd.FillAsync(server, People);
        using var owner = await Account.SignInAsync(server.Url, OwnerEmail);
        await using var chromium = new PlaywrightChromium();
        await using var context = await chromium.VisitorAsync();
        await context.AddCookiesAsync([owner.Cookie]);
        var tenant = await Tenant.OfFirstStartAsync(server);
        var root = server.Url.GetLeftPart(UriPartial.Authority);
        var (one, other) = (await DashboardTab.OpenAsync(context, root), await DashboardTab.OpenAsync(context, root));

        await ComposeAsync(one, tenant);
        var address = new Uri(one.Page.Url).Fragment;
        await other.GoAsync(address, "Good morning, everybody");
        await Task.WhenAll(one.Page.EvaluateAsync(Watch), other.Page.EvaluateAsync(Watch));
        foreach (var tab in (DashboardTab[])[one, other])
        {
            await Expect(tab.Main.GetByText("Completed", new LocatorGetByTextOptions { Exact = true }).First).ToHaveTextAsync("Completed", Patiently);
            await MovedSmoothlyAsync(tab.Page);
        }

        var path = $"/organizations/{tenant.OrganizationId}/services/{tenant.ServiceId}/notifications/{address.Split('/')[^1]}";
        var told = (await owner.GetAsync(path)).GetProperty("outcomes").GetProperty("accepted").GetInt32();
        told.ShouldBe(People);
        foreach (var tab in (DashboardTab[])[one, other])
        {
            (await FiguresAsync(tab)).ShouldBe($"Recipients {People:N0} Accepted {told:N0} Failed 0");
            tab.TakeComplaints().ShouldBeEmpty();
        }

        server.PushService.Counters.SinkPosts.ShouldBe(People);
    }

    /// <summary>As a person does it; so many are asked about once more.</summary>
    private static async Task ComposeAsync(DashboardTab tab, Tenant tenant)
    {
        await tab.GoAsync($"/{tenant.OrganizationId}/{tenant.ServiceId}/compose", "Compose");
        await tab.Page.GetByLabel("Title").First.FillAsync("Good morning, everybody");
        await tab.Page.GetByLabel("Text").First.FillAsync("The shop is open.");
        await Expect(tab.Main).ToContainTextAsync($"{People:N0}");
        await tab.Button("Send now").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Send to {People:N0} clients?");
        await tab.Button($"Send to {People:N0}").ClickAsync();
        await tab.ArrivedAsync("Good morning, everybody");
    }

    private async Task MovedSmoothlyAsync(IPage page)
    {
        var samples = await page.EvaluateAsync<Sample[]>("samples");
        var steps = samples.Where((sample, at) => at == 0 || sample.Accepted != samples[at - 1].Accepted).ToArray();
        var sizes = steps.Zip(steps.Skip(1), (before, after) => after.Accepted - before.Accepted).ToArray();
        var pauses = steps.Zip(steps.Skip(1), (before, after) => after.At - before.At);
        output.WriteLine($"{steps.Length} steps in {steps[^1].At - steps[0].At:0} ms, the largest {sizes.Max()}, the longest {pauses.Max():0} ms");
        sizes.ShouldAllBe(size => size > 0);
        steps.Length.ShouldBeGreaterThan(4);
        sizes.Max().ShouldBeLessThan((int)(LargestStep * People));
    }

    private static async Task<string> FiguresAsync(DashboardTab tab) =>
        string.Join(
            ' ',
            await tab.Page.EvaluateAsync<string[]>(
                """
                () => ["Recipients", "Accepted", "Failed"].map(name =>
                  `${name} ${[...document.querySelectorAll("main span")].find(({ textContent }) => textContent === name)?.nextElementSibling?.textContent}`)
                """
            )
        );

    private sealed record Sample
    {
        public double At { get; init; }

        public int Accepted { get; init; }
    }
}
