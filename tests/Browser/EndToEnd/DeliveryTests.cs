using System.Net;
using System.Text.Json;
using Pushbell.Browser.Tests.Drivers;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>
/// The product's main job with nothing replaced: the browser subscribes with its own pushManager at a push service, our server encrypts
/// and signs, the browser decrypts, the service worker shows, and what it shows is read back.
/// </summary>
public abstract class DeliveryTests(InstallationFixture installation)
{
    /// <summary>The page takes no clicks while it works.</summary>
    private const string Idle = "!document.getElementById('subscribe').disabled";

    [Fact]
    public async Task SendV2_SubscribedBrowser_ShowsTheNotification()
    {
        var page = await SubscribeAsync("v2@example.com");

        await SendV2Async(
            new
            {
                title = "Héllo ✓",
                body = "Your order is on its way",
                icon = "/demo/bell.svg",
                tag = "order-7",
                data = new { orderId = "12345", nested = new { list = new[] { 1, 2 } } },
                target_user_emails = new[] { "V2@example.com" },
            }
        );

        var shown = await ShownAsync(page, "order-7");
        shown.GetProperty("title").GetString().ShouldBe("Héllo ✓");
        shown.GetProperty("body").GetString().ShouldBe("Your order is on its way");
        shown.GetProperty("icon").GetString().ShouldBe(installation.Origin + "/demo/bell.svg");
        shown.GetProperty("data").GetProperty("orderId").GetString().ShouldBe("12345");
        shown.GetProperty("data").GetProperty("nested").GetRawText().ShouldBe("""{"list":[1,2]}""");
        await page.WaitUntilAsync("document.getElementById('log').textContent.includes('Héllo ✓')");
    }

    [Fact]
    public async Task SendV1_SubscribedBrowser_ShowsTheNotification()
    {
        var page = await SubscribeAsync("v1@example.com");

        using var response = await installation.Server.V1Async(
            "/send",
            new
            {
                email = "v1@example.com",
                title = "Your table is ready",
                body = "Head to the host stand — your party of 4 is up.",
                url = "https://your-site.com/reservation/abc123",
            }
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"sent":1,"failed":0,"credits":null}""");
        await page.WaitUntilAsync("document.getElementById('log').textContent.includes('Your table is ready')");
    }

    [Fact]
    public async Task SendV2_LargestPayload_Arrives()
    {
        var page = await SubscribeAsync("large@example.com");
        // What remains of 3,993 bytes after the JSON around it.
        var text = new string('x', 3_700);

        await SendV2Async(new { title = "Large", body = "b", tag = "large", data = new { text }, target_user_emails = new[] { "large@example.com" } });

        (await ShownAsync(page, "large")).GetProperty("data").GetProperty("text").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task Unsubscribe_OnThePage_EndsTheRegistration()
    {
        var page = await SubscribeAsync("leaver@example.com");

        await page.ClickAsync("#unsubscribe");
        await page.WaitUntilAsync($"{Idle} && document.getElementById('unsubscribe').hidden");

        using var clients = await installation.Server.V2Async(HttpMethod.Get, "/clients?user_email=leaver@example.com");
        var client = (await RunningServer.JsonOf(clients)).GetProperty("clients").EnumerateArray().ShouldHaveSingleItem();
        client.GetProperty("status").GetString().ShouldBe("unregistered");
        client.GetProperty("device_info").GetProperty("browser_name").GetString().ShouldNotBeNullOrEmpty();
    }

    private async Task<BrowserPage> SubscribeAsync(string email)
    {
        var browser = await installation.BrowserAsync();
        await browser.SetNotificationPermissionAsync(installation.Origin, Permission.Granted);
        var page = await browser.NewPageAsync();
        await page.GoAsync($"{installation.Origin}/demo#key={RunningServer.PublishableKey}");
        await page.WaitUntilAsync(Idle);
        await page.EvaluateAsync($"document.getElementById('email').value = '{email}'");
        await page.ClickAsync("#subscribe");
        await page.WaitUntilAsync(Idle);
        (await page.EvaluateAsync("document.getElementById('status').textContent")).GetString().ShouldStartWith("Subscribed.");
        return page;
    }

    private async Task SendV2Async(object body)
    {
        using var response = await installation.Server.V2Async(HttpMethod.Post, "/send", body);
        var answer = await RunningServer.JsonOf(response);
        answer.GetProperty("successful_sends").GetInt32().ShouldBe(1, answer.ToString());
        answer.GetProperty("status").GetString().ShouldBe("completed");
    }

    private static async Task<JsonElement> ShownAsync(BrowserPage page, string tag)
    {
        var find = $"navigator.serviceWorker.ready.then(worker => worker.getNotifications({{ tag: '{tag}' }}))";
        // The page is told once it is shown. Not by asking for it: getNotifications() removes what Chromium is just about to show.
        await page.WaitUntilAsync("document.getElementById('log').childElementCount > 0");
        return await page.EvaluateAsync($"{find}.then(([{{ title, body, icon, tag, data }}]) => ({{ title, body, icon, tag, data }}))");
    }
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxDeliveryTests(FirefoxInstallation installation)
    : DeliveryTests(installation),
        IClassFixture<FirefoxInstallation>;

[Collection(BrowserCollection.Name)]
public sealed class ChromiumDeliveryTests(ChromiumInstallation installation)
    : DeliveryTests(installation),
        IClassFixture<ChromiumInstallation>;
