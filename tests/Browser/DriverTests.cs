using Pushbell.Browser.Tests.Drivers;

namespace Pushbell.Browser.Tests;

/// <summary>What every test in a browser relies on, in each browser.</summary>
public abstract class DriverTests(BrowserFixture fixture)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public async Task EvaluateAsync_Promise_GivesItsValue()
    {
        var page = await OpenAsync("/");
        (await page.EvaluateAsync("Promise.resolve({ title: document.title, list: [1, null] })")).GetRawText()
            .ShouldBe("""{"title":"Driver page","list":[1,null]}""");
        (await page.EvaluateAsync("undefined")).GetRawText().ShouldBe("null");
    }

    [Fact]
    public async Task EvaluateAsync_ThrownError_IsTheDriversToo()
    {
        var page = await OpenAsync("/");
        var error = await Should.ThrowAsync<BrowserException>(() => page.EvaluateAsync("Promise.reject(new Error('out of bells'))"));
        error.Message.ShouldContain("out of bells");
    }

    [Fact]
    public async Task EvaluateAsync_Script_RunsAsIfTheUserHadClicked()
    {
        var page = await OpenAsync("/");
        (await page.EvaluateAsync("navigator.userActivation.isActive")).GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task ClickAsync_Button_IsATrustedClick()
    {
        var page = await OpenAsync("/");
        await page.ClickAsync("#button");
        (await page.EvaluateAsync("window.clicks")).GetRawText().ShouldBe("""[{"trusted":true,"active":true}]""");
    }

    [Fact]
    public async Task GoAsync_RealPage_CanRunTheServiceWorker()
    {
        var page = await OpenAsync("/demo/");
        await page.EvaluateAsync("navigator.serviceWorker.register('/demo/sw.js').then(() => true)");
        await page.WaitUntilAsync("navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated')");
        (await page.EvaluateAsync("navigator.serviceWorker.ready.then(worker => worker.scope)")).GetString()
            .ShouldBe(fixture.Site.Origin + "/demo/");
    }

    [Theory]
    [InlineData(Permission.Granted, "granted")]
    [InlineData(Permission.Denied, "denied")]
    [InlineData(Permission.Prompt, "default")]
    internal async Task SetNotificationPermissionAsync_Decision_IsWhatThePageSees(Permission permission, string seen)
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetNotificationPermissionAsync(fixture.Site.Origin, permission);
        var page = await OpenAsync("/");
        (await page.EvaluateAsync("Notification.permission")).GetString().ShouldBe(seen);
    }

    [Fact]
    public async Task ScreenshotAsync_ResizedPage_IsAPngOfThatSize()
    {
        var page = await OpenAsync("/");
        await page.ResizeAsync(390, 844);
        var png = await page.ScreenshotAsync();
        png.AsSpan(0, 8).SequenceEqual(PngSignature).ShouldBeTrue();
        // IHDR comes first in every PNG and opens with width and height (PNG, section 11.2.1).
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe(390);
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).ShouldBe(844);
    }

    private async Task<BrowserPage> OpenAsync(string path)
    {
        var page = await (await fixture.BrowserAsync()).NewPageAsync();
        await page.GoAsync(fixture.Site.Origin + path);
        return page;
    }
}

[Collection(BrowserCollection.Name)]
public sealed class FirefoxDriverTests(FirefoxFixture fixture) : DriverTests(fixture), IClassFixture<FirefoxFixture>;

[Collection(BrowserCollection.Name)]
public sealed class ChromiumDriverTests(ChromiumFixture fixture) : DriverTests(fixture), IClassFixture<ChromiumFixture>;
