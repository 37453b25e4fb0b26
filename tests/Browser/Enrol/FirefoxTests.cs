using Pushbell.Browser.Tests.Drivers;
using Pushbell.Browser.Tests.EndToEnd;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Enrol;

/// <summary>The same page in Firefox, which Playwright cannot drive.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirefoxTests(FirefoxInstallation installation) : IClassFixture<FirefoxInstallation>
{
    [Fact]
    public async Task TurnOn_ThenSend_ListsWhatArrived()
    {
        var browser = await installation.BrowserAsync();
        await browser.SetNotificationPermissionAsync(installation.Origin, Permission.Granted);
        var page = await browser.NewPageAsync();
        await page.GoAsync($"{installation.Origin}/pwa/my-app/");
        await TitleAsync(page, "Hear from ");
        await page.EvaluateAsync("document.getElementById('email').value = 'ann@example.com'");
        await page.ClickAsync("button[type=submit]");
        await TitleAsync(page, "Notifications are on");

        var message = new { title = "Fresh bread at 7", body = "Sourdough and rye.", target_user_emails = new[] { "ann@example.com" } };
        using var response = await installation.Server.V2Async(HttpMethod.Post, "/send", message);
        (await RunningServer.JsonOf(response)).GetProperty("successful_sends").GetInt32().ShouldBe(1);

        await page.WaitUntilAsync("document.querySelector('.note-title')?.textContent === 'Fresh bread at 7'");
    }

    [Fact]
    public async Task Open_Blocked_SaysWhereFirefoxUndoesIt()
    {
        var browser = await installation.BrowserAsync();
        await browser.SetNotificationPermissionAsync(installation.Origin, Permission.Denied);
        var page = await browser.NewPageAsync();
        await page.GoAsync($"{installation.Origin}/pwa/my-app/");
        await TitleAsync(page, "Notifications are blocked");
        (await page.EvaluateAsync("document.querySelector('.remedy').textContent")).GetString().ShouldStartWith("Click the crossed-out bell");
    }

    private static Task TitleAsync(BrowserPage page, string start) =>
        page.WaitUntilAsync($"document.querySelector('h1')?.textContent.startsWith('{start}')");
}
