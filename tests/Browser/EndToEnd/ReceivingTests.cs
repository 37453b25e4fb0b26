using Pushbell.Browser.Tests.Drivers;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>What a real browser makes of a notification, and what the server hears of it.</summary>
public abstract class ReceivingTests(InstallationFixture installation)
{
    [Fact]
    public async Task Receive_OpenPage_HearsOfItAndTheServerCountsItShown()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("shown@example.com");

        var request = await installation.DeliverAsync("shown@example.com", new() { ["title"] = "Shown", ["tag"] = "shown" });

        await shop.HearsAsync("notification", "Shown");
        (await shop.TitlesShownAsync("shown")).ShouldBe(["Shown"]);
        await installation.ReceiptsSettleAsync("shown@example.com", request, (1, 0, 0));
    }

    [Fact]
    public async Task Click_Notification_PageAndServerHearOfIt()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("click@example.com");
        var request = await installation.DeliverAsync("click@example.com", new() { ["title"] = "Click me", ["tag"] = "click" });
        await shop.HearsAsync("notification", "Click me");

        await installation.ClickNotificationAsync();

        await shop.HearsAsync("click", "Click me");
        (await shop.TitlesShownAsync("click")).ShouldBeEmpty();
        await installation.ReceiptsSettleAsync("click@example.com", request, (1, 1, 0));
    }

    [Fact]
    public async Task Click_Action_PageHearsWhichAndItIsNoDismissal()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("action@example.com");
        var actions = new[] { new { action = "track", title = "Track" }, new { action = "later", title = "Later" } };
        var request = await installation.DeliverAsync("action@example.com", new() { ["title"] = "On its way", ["tag"] = "action", ["actions"] = actions });
        await shop.HearsAsync("notification", "On its way");

        await installation.ClickNotificationAsync("later");

        await shop.HearsAsync("click", "On its way");
        (await shop.EvaluateAsync("heard.find(one => one.event === 'click').action")).GetString().ShouldBe("later");
        await installation.ReceiptsSettleAsync("action@example.com", request, (1, 1, 0));
    }

    [Fact]
    public async Task Dismiss_Notification_ServerHearsOfIt()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("dismiss@example.com");
        var request = await installation.DeliverAsync("dismiss@example.com", new() { ["title"] = "Not now", ["tag"] = "dismiss" });
        await shop.HearsAsync("notification", "Not now");

        await installation.DismissNotificationAsync();

        await installation.ReceiptsSettleAsync("dismiss@example.com", request, (1, 0, 1));
    }

    [Fact]
    public async Task Receive_SameTag_ReplacesTheFormerWhichIsNoDismissal()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("tag@example.com");
        var first = await installation.DeliverAsync("tag@example.com", new() { ["title"] = "1 new message", ["tag"] = "inbox" });
        await shop.HearsAsync("notification", "1 new message");

        var second = await installation.DeliverAsync("tag@example.com", new() { ["title"] = "2 new messages", ["tag"] = "inbox" });
        await shop.HearsAsync("notification", "2 new messages");

        (await shop.TitlesShownAsync("inbox")).ShouldBe(["2 new messages"]);
        await installation.ReceiptsSettleAsync("tag@example.com", first, (1, 0, 0));
        (await installation.ReceiptsAsync(second)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Receive_Duplicate_IsShownAndCountedOnce()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("twice@example.com");
        // The answer is lost, the message is not: so our server sends it again.
        await installation.ScriptAnswersAsync(shop, new { status = 503, retry_after = "1", deliver = true });
        var counters = installation.Server.PushService.Counters;
        counters.Reset();

        var answer = await installation.SendAsync("twice@example.com", new() { ["title"] = "Twice" });

        var request = answer.GetProperty("request_id").GetString()!;
        await Eventually.HoldsAsync(() => Task.FromResult(counters is { Accepted: 2, Acknowledged: 2 }));
        await shop.HearsAsync("notification", "Twice", times: 2);
        (await shop.TitlesShownAsync(request)).ShouldBe(["Twice"]);
        await installation.ReceiptsSettleAsync("twice@example.com", request, (1, 0, 0));
    }

    [Fact]
    public async Task Receive_ClosedBrowser_GetsItLaterUnlessItsTimeIsOver()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("offline@example.com");
        var browser = await installation.BrowserAsync();
        string kept = "", missed = "";
        await browser.RestartAsync(async () =>
        {
            kept = await installation.DeliverAsync("offline@example.com", new() { ["title"] = "Still fresh", ["ttl"] = 600 });
            missed = await installation.DeliverAsync("offline@example.com", new() { ["title"] = "Only now", ["ttl"] = 0 });
        });
        await browser.SetNotificationPermissionAsync(installation.Shop.Origin, Permission.Granted);

        await installation.ReceiptsSettleAsync("offline@example.com", kept, (1, 0, 0));
        (await installation.ReceiptsAsync(missed)).ShouldBe((0, 0, 0));
    }
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxReceivingTests(FirefoxInstallation installation) : ReceivingTests(installation), IClassFixture<FirefoxInstallation>
{
    private readonly InstallationFixture installation = installation;

    /// <summary>A synthetic click, all that Chromium can have here, may open no window.</summary>
    [Fact]
    public async Task Click_NotificationWithUrl_OpensIt()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("open@example.com");
        await installation.DeliverAsync("open@example.com", new() { ["title"] = "Order 7", ["url"] = installation.Shop.Origin + "/orders/7" });
        await shop.HearsAsync("notification", "Order 7");

        await installation.ClickNotificationAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(installation.Shop.Visits.Contains("/orders/7")));
    }
}

[Collection(BrowserCollection.Name)]
public sealed class ChromiumReceivingTests(ChromiumInstallation installation)
    : ReceivingTests(installation),
        IClassFixture<ChromiumInstallation>;
