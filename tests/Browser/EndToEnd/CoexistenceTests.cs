namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>A site that has a service worker already: both ways of docs/pwa.md, and what happens without either.</summary>
public abstract class CoexistenceTests(InstallationFixture installation)
{
    [Theory]
    [InlineData("/own-sw.js", "classic")]
    [InlineData("/own-module.js", "module")]
    public async Task OwnWorker_ImportsOurs_ReceivesAndStaysTheSites(string script, string type)
    {
        var (scope, email) = ($"/{type}/", $"{type}@example.com");
        var site = await ShopPage.OpenAsync(installation);
        await site.EvaluateAsync($"navigator.serviceWorker.register('{script}', {{ scope: '{scope}', type: '{type}' }}).then(() => true)");

        var shop = await ShopPage.OpenAsync(installation, options: $"?workerUrl={script}&workerScope={scope}");
        await shop.RegisterAsync(email);
        var request = await installation.DeliverAsync(email, new() { ["title"] = "Both of us" });

        await shop.HearsAsync("notification", "Both of us");
        await installation.ReceiptsSettleAsync(email, request, (1, 0, 0));
        (await WorkerSaysAsync(shop, scope)).ShouldBe("the site's own worker");
    }

    [Fact]
    public async Task TwoWorkers_ScopesOfTheirOwn_BothReceive()
    {
        var shop = await ShopPage.OpenAsync(installation);
        var beside = await ShopPage.OpenAsync(installation, options: "?workerScope=/beside/");
        var first = await shop.RegisterAsync("root@example.com");
        (await beside.RegisterAsync("beside@example.com")).ShouldNotBe(first);

        await installation.DeliverAsync("root@example.com", new() { ["title"] = "To the root" });
        await installation.DeliverAsync("beside@example.com", new() { ["title"] = "To the other" });

        await shop.HearsAsync("notification", "To the root");
        await beside.HearsAsync("notification", "To the other");
    }

    [Fact]
    public async Task OwnWorker_UnknownToThePage_IsNotReplaced()
    {
        var site = await ShopPage.OpenAsync(installation);
        await site.EvaluateAsync("navigator.serviceWorker.register('/own-sw.js', { scope: '/taken/' }).then(() => true)");

        var shop = await ShopPage.OpenAsync(installation, options: "?workerScope=/taken/");

        (await shop.EvaluateAsync("started")).GetString().ShouldBe("WORKER_CONFLICT");
        (await WorkerSaysAsync(shop, "/taken/")).ShouldBe("the site's own worker");
    }

    private static async Task<string?> WorkerSaysAsync(ShopPage page, string scope) =>
        (await page.EvaluateAsync(
            $$"""
            new Promise(async answered => {
              navigator.serviceWorker.addEventListener("message", ({ data }) => typeof data === "string" && answered(data));
              const { installing, waiting, active } = await navigator.serviceWorker.getRegistration("{{scope}}");
              (active ?? waiting ?? installing).postMessage("who?");
            })
            """
        )).GetString();
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxCoexistenceTests(FirefoxInstallation installation) : CoexistenceTests(installation), IClassFixture<FirefoxInstallation>;

[Collection(BrowserCollection.Name)]
public sealed class ChromiumCoexistenceTests(ChromiumInstallation installation)
    : CoexistenceTests(installation),
        IClassFixture<ChromiumInstallation>;
