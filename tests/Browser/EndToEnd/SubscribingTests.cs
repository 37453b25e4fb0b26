using Pushbell.Browser.Tests.Drivers;
using Pushbell.Dispatch;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>How a real browser comes onto the server's list, stays on it whatever happens to its subscription, and comes off it.</summary>
public abstract class SubscribingTests(InstallationFixture installation)
{
    [Fact]
    public async Task QuickStart_AsDocumented_Registers()
    {
        var browser = await installation.BrowserAsync();
        await browser.SetNotificationPermissionAsync(installation.Shop.Origin, Permission.Granted);
        var page = await browser.NewPageAsync();
        await page.GoAsync(installation.Shop.Origin + "/");
        await page.WaitUntilAsync("document.getElementById('bell').onclick !== null");

        await page.ClickAsync("#bell");

        await page.WaitUntilAsync("navigator.serviceWorker.ready.then(worker => worker.pushManager.getSubscription())");
        await Eventually.HoldsAsync(async () =>
        {
            var clients = await installation.Server.V2Async(HttpMethod.Get, "/clients?status=active");
            return (await RunningServer.JsonOf(clients)).GetProperty("total").GetInt32() == 1;
        });
    }

    [Fact]
    public async Task RegisterForPush_Allowed_IsOnTheListWithItsDetails()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("details@example.com");

        var client = (await installation.ClientsAsync("details@example.com")).ShouldHaveSingleItem();
        client.GetProperty("registration_id").GetString().ShouldBe(id);
        client.GetProperty("is_online").GetBoolean().ShouldBeTrue();
        client.GetProperty("is_installed").GetBoolean().ShouldBeFalse();
        client.GetProperty("device_info").GetProperty("os_name").GetString().ShouldBe("Linux");
        client.GetProperty("device_info").GetProperty("device_type").GetString().ShouldBe("desktop");
    }

    [Fact]
    public async Task RegisterForPush_Blocked_SaysSoAndRegistersNothing()
    {
        var shop = await ShopPage.OpenAsync(installation, Permission.Denied);
        await shop.SignInAsync("blocked@example.com");
        (await shop.EvaluateAsync("pushbell.registerForPush().catch(error => error.code)")).GetString().ShouldBe("PERMISSION_DENIED");
        (await shop.EvaluateAsync("pushbell.isRegistered()")).GetBoolean().ShouldBeFalse();
        (await installation.ClientsAsync("blocked@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Permission_TakenBack_EndsTheRegistrationAtTheNextVisit()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("revoked@example.com");

        await (await installation.BrowserAsync()).SetNotificationPermissionAsync(installation.Shop.Origin, Permission.Denied);
        await shop.ReloadAsync();

        (await shop.EvaluateAsync("pushbell.isRegistered()")).GetBoolean().ShouldBeFalse();
        (await installation.StatusAsync(id)).ShouldBe("unregistered");
    }

    [Fact]
    public async Task Unregister_ThenSend_ReachesNobody()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("leaver@example.com");

        await shop.EvaluateAsync("pushbell.unregister()");

        (await installation.StatusAsync(id)).ShouldBe("unregistered");
        (await shop.EvaluateAsync("navigator.serviceWorker.ready.then(w => w.pushManager.getSubscription())")).GetRawText().ShouldBe("null");
        var answer = await installation.SendAsync("leaver@example.com", new() { ["title"] = "Too late" });
        answer.GetProperty("total_targets").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Identify_SecondAccount_TheBrowserIsTheLastOnes()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var annes = await shop.RegisterAsync("anne@example.com");
        (await shop.RegisterAsync("bert@example.com")).ShouldBe(annes);

        (await installation.SendAsync("anne@example.com", new() { ["title"] = "For Anne" })).GetProperty("total_targets").GetInt32().ShouldBe(0);
        await installation.DeliverAsync("bert@example.com", new() { ["title"] = "For Bert" });

        await shop.HearsAsync("notification", "For Bert");
        (await shop.TimesHeardAsync("notification", "For Anne")).ShouldBe(0);
    }

    [Fact]
    public async Task Subscription_LostByTheBrowser_IsReplacedAtTheNextVisit()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("lost@example.com");
        await shop.EvaluateAsync("navigator.serviceWorker.ready.then(w => w.pushManager.getSubscription()).then(lost => lost.unsubscribe())");

        await shop.ReloadAsync();

        (await shop.EvaluateAsync("pushbell.registration.registrationId")).GetString().ShouldBe(id);
        await installation.DeliverAsync("lost@example.com", new() { ["title"] = "Found again" });
        await shop.HearsAsync("notification", "Found again");
    }

    [Fact]
    public async Task Subscription_GoneAtThePushService_IsReplacedAtTheNextVisit()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("gone@example.com");
        await installation.ScriptAnswersAsync(shop, new { status = 410 });
        (await installation.SendAsync("gone@example.com", new() { ["title"] = "Nobody there" })).GetProperty("failed_sends").GetInt32().ShouldBe(1);
        (await installation.StatusAsync(id)).ShouldBe("expired");

        await shop.ReloadAsync();

        (await installation.StatusAsync(id)).ShouldBe("active");
        await installation.DeliverAsync("gone@example.com", new() { ["title"] = "Back again" });
        await shop.HearsAsync("notification", "Back again");
    }

    [Fact]
    public async Task VapidKey_Rotated_TheBrowserMovesOverAtTheNextVisit()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("rotated@example.com");
        var before = await SubscribedKeyAsync(shop);
        await installation.RotateVapidKeyAsync(await ServiceOfAsync("rotated@example.com"));

        // The push service takes messages of the key only that the subscription was made with: before the move, and after it.
        await installation.DeliverAsync("rotated@example.com", new() { ["title"] = "Old key" });
        await shop.HearsAsync("notification", "Old key");
        await shop.ReloadAsync();

        (await SubscribedKeyAsync(shop)).ShouldNotBe(before);
        (await shop.EvaluateAsync("pushbell.registration.registrationId")).GetString().ShouldBe(id);
        await installation.DeliverAsync("rotated@example.com", new() { ["title"] = "New key" });
        await shop.HearsAsync("notification", "New key");
    }

    [Fact]
    public async Task Registration_UnknownToTheServer_IsMadeAnewAtTheNextVisit()
    {
        var shop = await ShopPage.OpenAsync(installation);
        await shop.RegisterAsync("unknown@example.com");
        await installation.Server.Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM registration"), CancellationToken.None);

        await shop.ReloadAsync();

        await installation.DeliverAsync("unknown@example.com", new() { ["title"] = "Known again" });
        await shop.HearsAsync("notification", "Known again");
    }

    private static async Task<string?> SubscribedKeyAsync(ShopPage shop) =>
        (await shop.EvaluateAsync(
            "navigator.serviceWorker.ready.then(w => w.pushManager.getSubscription()).then(one => String(new Uint8Array(one.options.applicationServerKey)))"
        )).GetString();

    private async Task<(string Organization, string Service)> ServiceOfAsync(string email)
    {
        var client = (await installation.ClientsAsync(email))[0];
        return (client.GetProperty("organization_id").GetString()!, client.GetProperty("service_id").GetString()!);
    }
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxSubscribingTests(FirefoxInstallation installation) : SubscribingTests(installation), IClassFixture<FirefoxInstallation>
{
    private readonly InstallationFixture installation = installation;

    /// <summary>Only Firefox is told by its push service; Chromium waits for the next visit.</summary>
    [Fact]
    public async Task Subscription_DroppedByThePushService_IsReplacedByTheWorkerAlone()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var id = await shop.RegisterAsync("dropped@example.com");
        var old = (await shop.EvaluateAsync("pushbell.registration.endpoint")).GetString();

        await installation.ForgetBrowsersAsync();

        await Eventually.HoldsAsync(async () => await EndpointAsync(id) != old);
        await installation.DeliverAsync("dropped@example.com", new() { ["title"] = "Never missed" });
        await shop.HearsAsync("notification", "Never missed");
    }

    private Task<string?> EndpointAsync(string registrationId)
    {
        PublicId.TryRegistration(registrationId, out var id).ShouldBeTrue();
        return installation.Server.Database.ReadAsync(
            session => session.FirstAsync<string>("SELECT endpoint FROM registration WHERE id = @id", new { id }),
            CancellationToken.None
        );
    }
}

[Collection(BrowserCollection.Name)]
public sealed class ChromiumSubscribingTests(ChromiumInstallation installation)
    : SubscribingTests(installation),
        IClassFixture<ChromiumInstallation>;
