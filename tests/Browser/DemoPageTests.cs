using Pushbell.Browser.Tests.Drivers;

namespace Pushbell.Browser.Tests;

/// <summary>The demo page by itself, under the policy that the server gives it, before any server answers.</summary>
public abstract class DemoPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Open_NoKey_IsReadyForOne()
    {
        var page = await OpenAsync(Permission.Prompt);
        (await StatusAsync(page)).ShouldBe("Not subscribed yet.");
        (await page.EvaluateAsync("document.getElementById('subscribe').disabled")).GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Open_KeyInTheAddress_FillsTheField()
    {
        var page = await OpenAsync(Permission.Prompt, "#key=pk_from_the_address");
        (await page.EvaluateAsync("document.getElementById('key').value")).GetString().ShouldBe("pk_from_the_address");
    }

    [Fact]
    public async Task Open_NotificationsBlocked_SaysWhatToDo()
    {
        var page = await OpenAsync(Permission.Denied);
        (await StatusAsync(page)).ShouldBe(
            "Notifications are blocked for this site. They can be allowed again in the browser's site settings.");
        (await page.EvaluateAsync("document.getElementById('subscribe').disabled")).GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Subscribe_NoServer_SaysSo()
    {
        var page = await OpenAsync(Permission.Granted);
        await page.EvaluateAsync("document.getElementById('key').value = 'pk_of_nobody'");
        await page.ClickAsync("#subscribe");
        await page.WaitUntilAsync("document.getElementById('status').dataset.tone === 'bad'");
        (await StatusAsync(page)).ShouldBe("The Pushbell server answered 404.");
    }

    [Fact]
    public async Task Open_Phone_FitsItsWidth()
    {
        var page = await OpenAsync(Permission.Prompt);
        await page.ResizeAsync(320, 640);
        await page.WaitUntilAsync("innerWidth === 320");
        (await page.EvaluateAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth")).GetInt32().ShouldBe(0);
    }

    private static async Task<string?> StatusAsync(BrowserPage page) =>
        (await page.EvaluateAsync("document.getElementById('status').textContent")).GetString();

    private async Task<BrowserPage> OpenAsync(Permission permission, string fragment = "")
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetNotificationPermissionAsync(fixture.Site.Origin, permission);
        var page = await browser.NewPageAsync();
        await page.GoAsync($"{fixture.Site.Origin}/demo/{fragment}");
        return page;
    }
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxDemoPageTests(FirefoxFixture fixture) : DemoPageTests(fixture), IClassFixture<FirefoxFixture>;

[Collection(BrowserCollection.Name)]
public sealed class ChromiumDemoPageTests(ChromiumFixture fixture) : DemoPageTests(fixture), IClassFixture<ChromiumFixture>;
