using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>One page of a browser.</summary>
internal abstract class BrowserPage
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);

    /// <summary>Opens the address and waits until the page has loaded.</summary>
    public abstract Task GoAsync(string address);

    /// <summary>Sets the size of the page's view, in CSS pixels.</summary>
    public abstract Task ResizeAsync(int width, int height);

    /// <summary>The visible part of the page, as a PNG.</summary>
    public abstract Task<byte[]> ScreenshotAsync();

    /// <summary>The value of an expression as JSON; promises are awaited. It runs as if the user had just clicked.</summary>
    /// <exception cref="BrowserException">The expression threw.</exception>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var json = await EvaluateToTextAsync($"(async () => JSON.stringify(await ({expression})) ?? 'null')()");
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    /// <summary>Presses and releases the mouse over the middle of an element: a true click, as a user's.</summary>
    public async Task ClickAsync(string selector)
    {
        var quoted = JsonSerializer.Serialize(selector);
        var middle = await EvaluateAsync(
            $$"""
            (() => {
              const element = document.querySelector({{quoted}});
              element.scrollIntoView({ block: "center", behavior: "instant" });
              const { left, top, width, height } = element.getBoundingClientRect();
              return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
            })()
            """);
        await ClickAtAsync(middle.GetProperty("x").GetInt32(), middle.GetProperty("y").GetInt32());
    }

    /// <summary>Waits until the expression is true.</summary>
    /// <exception cref="TimeoutException">It did not become true within 20 s.</exception>
    public async Task WaitUntilAsync(string expression)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!(await EvaluateAsync($"Boolean(await ({expression}))")).GetBoolean())
        {
            if (TimeProvider.System.GetElapsedTime(started) > WaitLimit)
            {
                throw new TimeoutException($"In the page this did not become true: {expression}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>The text that a promise of text resolves to.</summary>
    private protected abstract Task<string> EvaluateToTextAsync(string promise);

    private protected abstract Task ClickAtAsync(int x, int y);
}
