using System.Text.Json;
using Pushbell.Browser.Tests.Drivers;

namespace Pushbell.Browser.Tests;

/// <summary>What the real worker makes of a payload in a real browser. Only Chromium lets a test hand one over.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ServiceWorkerPushTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task Push_DeclarativePayload_ShowsItWithTheSendersData()
    {
        var shown = await ShowAsync(
            """
            {
              "web_push": 8030,
              "notification": {
                "title": "Your table is ready", "body": "Head to the host stand", "tag": "table", "navigate": "/demo/?table=12",
                "requireInteraction": true, "silent": false, "data": { "reservation": "abc123", "list": [1, null] },
                "actions": [{ "action": "open", "title": "Open" }]
              },
              "pushbell": { "id": "req_1" }
            }
            """);
        shown.GetProperty("title").GetString().ShouldBe("Your table is ready");
        shown.GetProperty("body").GetString().ShouldBe("Head to the host stand");
        shown.GetProperty("tag").GetString().ShouldBe("table");
        shown.GetProperty("requireInteraction").GetBoolean().ShouldBeTrue();
        var copy = shown.GetProperty("data").GetProperty("pushbell").GetProperty("copy").GetString();
        JsonSerializer.Serialize(shown.GetProperty("data")).ShouldBe(
            $$$"""{"reservation":"abc123","list":[1,null],"pushbell":{"id":"req_1","copy":"{{{copy}}}","navigate":"/demo/?table=12"}}""");
        JsonSerializer.Serialize(shown.GetProperty("actions")).ShouldBe("""[{"action":"open","title":"Open"}]""");
    }

    [Theory]
    [InlineData("plain words", "New notification", "plain words")]
    [InlineData("""{"title":"Hi","body":"there","renotify":true}""", "Hi", "there")]
    [InlineData("""{"title":"Hi","body":"there","image":"http://[","actions":[{"action":"","title":""}]}""", "Hi", "there")]
    public async Task Push_ForeignPayload_IsShownAllTheSame(string payload, string title, string body)
    {
        var shown = await ShowAsync(payload);
        shown.GetProperty("title").GetString().ShouldBe(title);
        shown.GetProperty("body").GetString().ShouldBe(body);
    }

    private async Task<JsonElement> ShowAsync(string payload)
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetNotificationPermissionAsync(fixture.Site.Origin, Permission.Granted);
        var page = (ChromiumPage)await browser.NewPageAsync();
        await page.GoAsync(fixture.Site.Origin + "/demo/");
        await page.EvaluateAsync(
            """
            (async () => {
              window.told = [];
              navigator.serviceWorker.addEventListener("message", event => told.push(event.data));
              await navigator.serviceWorker.register("/demo/sw.js");
              window.worker = await navigator.serviceWorker.ready;
              for (const old of await worker.getNotifications()) old.close();
            })()
            """);
        await page.WaitUntilAsync("worker.active.state === 'activated'");
        await page.DeliverPushAsync(fixture.Site.Origin, payload);
        // Not by asking for it: getNotifications() removes what Chromium is just about to show.
        await page.WaitUntilAsync("told.length > 0");
        return await page.EvaluateAsync(
            """
            worker.getNotifications().then(([{ title, body, tag, requireInteraction, data, actions }]) =>
              ({ title, body, tag, requireInteraction, data, actions: actions.map(({ action, title }) => ({ action, title })) }))
            """);
    }
}
