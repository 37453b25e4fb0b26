using System.Buffers.Text;
using Microsoft.Playwright;
using Pushbell.WebPush;
using static Microsoft.Playwright.Assertions;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>"VAPID: generate or bring your own pair, checked". Generating is part of the walk through a new installation.</summary>
[Collection(DashboardCollection.Name)]
public sealed class WizardTests(DashboardFixture fixture)
{
    [Fact]
    public async Task Enable_WithAPairOfOnesOwn_RefusesABadOneAndTakesAGoodOne()
    {
        var pair = VapidKeys.Generate();
        var place = await fixture.AddOrganizationAsync("Book Shop Ltd", "book-shop-old");
        await using var context = await fixture.SignedInAsync(Roles.Operator);
        var tab = await DashboardTab.OpenAsync(context, fixture.Root);
        await tab.GoAsync(place.Fill("/:organization/extensions/push")!, "Enable push notifications");
        var page = tab.Page;

        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Bücher & Café");
        await Expect(page.GetByLabel("Identifier")).ToHaveValueAsync("bucher-cafe");
        await tab.Button("Continue").ClickAsync();
        await page.GetByLabel("Contact email").FillAsync("push@example.com");
        await tab.Button("Continue").ClickAsync();
        await page.GetByLabel("Allowed origins").FillAsync("books.example.com");
        await tab.Button("Continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("books.example.com");
        await page.GetByLabel("Allowed origins").FillAsync("https://books.example.com");
        await tab.Button("Continue").ClickAsync();

        await page.GetByLabel("Bring your own pair").CheckAsync();
        var key = page.GetByLabel("Private key", new PageGetByLabelOptions { Exact = true });
        await key.FillAsync("bm90IGEga2V5");
        await Expect(tab.Main).ToContainTextAsync("32 bytes");
        await tab.Button("Enable").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Last).ToContainTextAsync("32 bytes");
        tab.TakeComplaints().ShouldAllBe(text => text.Contains("422") || text.Contains("400"));

        await key.FillAsync(Base64Url.EncodeToString(pair.ExportPrivateKey()));
        await Expect(tab.Main.GetByRole(AriaRole.Status)).ToContainTextAsync(pair.PublicKey);
        await tab.Button("Enable").ClickAsync();

        await tab.ArrivedAsync("Bücher & Café is ready");
        var services = (await fixture.Operator.GetAsync($"{place.OrganizationPath}/services")).GetProperty("services").EnumerateArray();
        var service = services.Single(service => service.GetProperty("identifier").GetString() == "bucher-cafe");
        service.GetProperty("vapid_public_key").GetString().ShouldBe(pair.PublicKey);
        service.GetProperty("contact_email").GetString().ShouldBe("push@example.com");
        service.GetProperty("allowed_origins")[0].GetString().ShouldBe("https://books.example.com");
        tab.TakeComplaints().ShouldBeEmpty();
    }
}
