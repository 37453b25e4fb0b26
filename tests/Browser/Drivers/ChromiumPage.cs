namespace Pushbell.Browser.Tests.Drivers;

/// <summary>One target of Chromium that scripts run in: a tab, or a service worker.</summary>
internal sealed class ChromiumPage(CommandSocket socket, string session) : BrowserPage
{
    /// <summary>Needed once for a tab, before <see cref="GoAsync"/>.</summary>
    public Task WatchLoadingAsync() => socket.SendAsync("Page.enable", new { }, session);

    public override async Task GoAsync(string address)
    {
        var loaded = socket.NextEventAsync("Page.loadEventFired", session);
        var navigation = await socket.SendAsync("Page.navigate", new { url = address }, session);
        if (navigation.TryGetProperty("errorText", out var error))
        {
            throw new BrowserException($"{address}: {error.GetString()}");
        }

        await loaded;
    }

    public override Task ResizeAsync(int width, int height) =>
        socket.SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false }, session);

    public override async Task<byte[]> ScreenshotAsync() =>
        (await socket.SendAsync("Page.captureScreenshot", new { format = "png" }, session)).GetProperty("data").GetBytesFromBase64();

    /// <summary>Hands a decrypted payload to this page's service worker, as the browser does after a push service's message.</summary>
    public async Task DeliverPushAsync(string origin, string payload)
    {
        var updated = socket.NextEventAsync("ServiceWorker.workerRegistrationUpdated", session);
        await socket.SendAsync("ServiceWorker.enable", new { }, session);
        var registrationId = (await updated).GetProperty("registrations")[0].GetProperty("registrationId").GetString();
        await socket.SendAsync("ServiceWorker.deliverPushMessage", new { origin, registrationId, data = payload }, session);
        await socket.SendAsync("ServiceWorker.disable", new { }, session);
    }

    private protected override async Task<string> EvaluateToTextAsync(string promise)
    {
        var answer = await socket.SendAsync(
            "Runtime.evaluate", new { expression = promise, awaitPromise = true, returnByValue = true, userGesture = true }, session);
        if (answer.TryGetProperty("exceptionDetails", out var details))
        {
            throw new BrowserException(details.GetRawText());
        }

        return answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    private protected override async Task ClickAtAsync(int x, int y)
    {
        foreach (var type in (string[])["mouseMoved", "mousePressed", "mouseReleased"])
        {
            var button = type == "mouseMoved" ? "none" : "left";
            await socket.SendAsync("Input.dispatchMouseEvent", new { type, x, y, button, clickCount = 1 }, session);
        }
    }
}
