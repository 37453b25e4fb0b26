namespace Pushbell.Browser.Tests.Drivers;

/// <summary>One browsing context of Firefox: a tab, or one of its own windows.</summary>
internal sealed class FirefoxPage(CommandSocket socket, string context) : BrowserPage
{
    public override Task GoAsync(string address) =>
        socket.SendAsync("browsingContext.navigate", new { context, url = address, wait = "complete" });

    public override Task ResizeAsync(int width, int height) =>
        socket.SendAsync("browsingContext.setViewport", new { context, viewport = new { width, height } });

    public override async Task<byte[]> ScreenshotAsync() =>
        (await socket.SendAsync("browsingContext.captureScreenshot", new { context })).GetProperty("data").GetBytesFromBase64();

    private protected override async Task<string> EvaluateToTextAsync(string promise)
    {
        var answer = await socket.SendAsync("script.evaluate", new
        {
            target = new { context },
            expression = promise,
            awaitPromise = true,
            userActivation = true,
        });
        if (answer.GetProperty("type").GetString() == "exception")
        {
            throw new BrowserException(answer.GetProperty("exceptionDetails").GetProperty("text").GetString()!);
        }

        return answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    private protected override Task ClickAtAsync(int x, int y) =>
        socket.SendAsync("input.performActions", new
        {
            context,
            actions = new[]
            {
                new
                {
                    type = "pointer",
                    id = "mouse",
                    actions = new object[]
                    {
                        new { type = "pointerMove", x, y },
                        new { type = "pointerDown", button = 0 },
                        new { type = "pointerUp", button = 0 },
                    },
                },
            },
        });
}
