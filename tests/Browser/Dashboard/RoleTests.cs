using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pushbell.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>"Others walk each page and each role": every page opens for everyone without a complaint, and offers what the role may do and nothing else.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class RoleTests(DashboardFixture fixture)
{
    /// <summary>What leads to pages, by the least role that it leads there.</summary>
    private static readonly (string Name, string Least)[] Navigation =
    [
        ("Overview", Roles.Viewer), ("Compose", Roles.Sender), ("Notifications", Roles.Viewer), ("Clients", Roles.Viewer),
        ("Troubleshooting", Roles.Viewer), ("Settings", Roles.Viewer), ("Extensions", Roles.Viewer), ("Usage and credits", Roles.Viewer),
        ("Members", Roles.Viewer), ("Management keys", Roles.Admin), ("Audit log", Roles.Admin), ("Organizations", Roles.Operator),
    ];

    [Fact]
    public void Pages_AreThoseOfTheDashboardsTableOfRoutes() =>
        PatternInTable().Matches(Checkout.Read("web", "dashboard", "src", "app", "routes.ts"))
            .Select(match => match.Groups["pattern"].Value)
            .ShouldBe(DashboardPages.All.Select(page => page.Pattern), ignoreOrder: true);

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Sender)]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Owner)]
    [InlineData(Roles.Operator)]
    public async Task Open_EveryPage_OffersWhatTheRoleMayDoAndNothingElse(string role)
    {
        await using var context = await fixture.SignedInAsync(role);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        var wrong = new List<string>();

        foreach (var page in DashboardPages.All)
        {
            await tab.GoAsync(fixture.Busy.Fill(page.Pattern)!, fixture.Busy.Fill(page.Heading)!);
            var mayLook = Roles.May(role, page.Least);
            await Expect(tab.Main.GetByRole(AriaRole.Alert)).ToHaveCountAsync(mayLook && page.Name != "overview" ? 0 : 1);
            foreach (var control in page.Controls)
            {
                var isOffered = await tab.Find(control).CountAsync() > 0;
                if (isOffered != Roles.May(role, control.Least))
                {
                    wrong.Add($"{page}: {control.Name} is {(isOffered ? "offered" : "missing")}");
                }
            }

            // Nothing leads to a page that the role may not look at. Who goes there all the same is told by the server.
            wrong.AddRange(tab.TakeComplaints().Where(text => mayLook || !text.Contains("403 (Forbidden)")).Select(text => $"{page}: {text}"));
        }

        wrong.ShouldBeEmpty();
        (await tab.Page.Locator("aside nav[aria-label=Main] a").AllInnerTextsAsync()).Select(text => text.Trim())
            .ShouldBe(Navigation.Where(item => Roles.May(role, item.Least)).Select(item => item.Name));
    }

    [GeneratedRegex("pattern: \"(?<pattern>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PatternInTable();
}
