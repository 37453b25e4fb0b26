using System.Text.Json;
using Pushbell.Browser.Tests.Drivers;

namespace Pushbell.Browser.Tests;

/// <summary>The real service worker hears of clicks on real notifications, whoever had them shown.</summary>
public abstract class NotificationClickTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Click_OpenPage_HearsOfItWithTheSendersData()
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetNotificationPermissionAsync(fixture.Site.Origin, Permission.Granted);
        var page = await browser.NewPageAsync();
        await page.GoAsync(fixture.Site.Origin + "/demo/");
        await page.EvaluateAsync(
            """
            (async () => {
              window.told = [];
              navigator.serviceWorker.addEventListener("message", event => window.told.push(event.data));
              await navigator.serviceWorker.register("/demo/sw.js");
              const worker = await navigator.serviceWorker.ready;
              const data = { order: 7, pushbell: { id: "req_1", navigate: "/demo/" } };
              await worker.showNotification("Shipped", { body: "On its way", tag: "order-7", data });
            })()
            """);

        await ClickNotificationAsync(browser);

        await page.WaitUntilAsync("window.told.length > 0");
        var told = (await page.EvaluateAsync("window.told")).EnumerateArray().ShouldHaveSingleItem();
        told.GetProperty("type").GetString().ShouldBe("pushbell:click");
        told.GetProperty("id").GetString().ShouldBe("req_1");
        told.GetProperty("title").GetString().ShouldBe("Shipped");
        told.GetProperty("body").GetString().ShouldBe("On its way");
        told.GetProperty("tag").GetString().ShouldBe("order-7");
        JsonSerializer.Serialize(told.GetProperty("data")).ShouldBe("""{"order":7}""");
        await page.WaitUntilAsync("navigator.serviceWorker.ready.then(w => w.getNotifications()).then(shown => shown.length === 0)");
    }

    private protected abstract Task ClickNotificationAsync(DrivenBrowser browser);
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxNotificationClickTests(FirefoxFixture fixture)
    : NotificationClickTests(fixture), IClassFixture<FirefoxFixture>
{
    private protected override Task ClickNotificationAsync(DrivenBrowser browser) => ((FirefoxBrowser)browser).ClickNotificationAsync();
}

[Collection(BrowserCollection.Name)]
public sealed class ChromiumNotificationClickTests(ChromiumFixture fixture)
    : NotificationClickTests(fixture), IClassFixture<ChromiumFixture>
{
    /// <summary>Headless Chromium draws no notification that could be pressed: its worker gets the event all the same.</summary>
    private protected override async Task ClickNotificationAsync(DrivenBrowser browser)
    {
        var worker = await ((ChromiumBrowser)browser).ServiceWorkerAsync(fixture.Site.Origin + "/demo/sw.js");
        await worker.EvaluateAsync(
            """
            registration.getNotifications().then(([notification]) =>
              self.dispatchEvent(new NotificationEvent("notificationclick", { notification })))
            """);
    }
}
