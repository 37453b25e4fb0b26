using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>Firefox, driven by WebDriver BiDi over its own WebSocket: no geckodriver, no package.</summary>
internal sealed class FirefoxBrowser : DrivenBrowser
{
    private const string AlertWindow = "chrome://global/content/alerts/alert.xhtml";

    private readonly BrowserProfile profile = new();
    private BrowserProcess process = null!;
    private CommandSocket socket = null!;

    private FirefoxBrowser() { }

    public override string Version { get; private protected set; } = "";

    /// <param name="pushService">The push service's WebSocket (ws:) on this machine; null for tests without push.</param>
    public static async Task<FirefoxBrowser> StartAsync(Uri? pushService = null)
    {
        var browser = new FirefoxBrowser();
        await File.WriteAllTextAsync(Path.Combine(browser.profile.Folder, "user.js"), FirefoxPreferences.Write(pushService));
        try
        {
            await browser.LaunchAsync();
            return browser;
        }
        catch
        {
            await browser.profile.DisposeAsync();
            throw;
        }
    }

    public override async Task<BrowserPage> NewPageAsync()
    {
        var created = await socket.SendAsync("browsingContext.create", new { type = "tab" });
        return new FirefoxPage(socket, created.GetProperty("context").GetString()!);
    }

    public override Task SetNotificationPermissionAsync(string origin, Permission permission) =>
        socket.SendAsync("permissions.setPermission", new
        {
            descriptor = new { name = "notifications" },
            state = permission.ToString().ToLowerInvariant(),
            origin,
        });

    /// <summary>Clicks the notification shown last, or one of its buttons.</summary>
    public async Task ClickNotificationAsync(string action = "")
    {
        // The window's own handlers; headless, there is no pixel of it to press.
        await (await NotificationWindowAsync()).EvaluateAsync(
            action.Length == 0
                ? "onAlertClick()"
                : $$"""
                gAlertListener.observe(
                  { QueryInterface: ChromeUtils.generateQI(["nsIAlertAction"]), action: "{{action}}", title: "", iconURL: "",
                    windowsSystemActivationType: false, opaqueRelaunchData: "" },
                  "alertclickcallback", gAlertCookie)
                """);
    }

    /// <summary>Closes the notification shown last, by its own button.</summary>
    public async Task DismissNotificationAsync() => await (await NotificationWindowAsync()).EvaluateAsync("onAlertClose()");

    public override async Task RestartAsync(Func<Task> whileClosed)
    {
        await CloseAsync();
        await whileClosed();
        await LaunchAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await profile.DisposeAsync();
    }

    private async Task LaunchAsync()
    {
        var executable = InstalledBrowser.Find("firefox-esr", "firefox");
        string[] flags =
        [
            "--headless",
            "--no-remote",
            "--new-instance",
            "--profile", profile.Folder,
            "--remote-debugging-port=0",
            // Its own windows too, so that notifications can be clicked.
            "--remote-allow-system-access",
            "about:blank",
        ];
        (process, var address) = await BrowserProcess.StartAsync(executable, profile, flags, "WebDriver BiDi listening on ");
        try
        {
            socket = await CommandSocket.ConnectAsync(new Uri(address, "/session"), ReadError);
            var session = await socket.SendAsync("session.new", new { capabilities = new { } });
            Version = session.GetProperty("capabilities").GetProperty("browserVersion").GetString()!;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        await socket.CloseAsync("browser.close");
        await socket.DisposeAsync();
        await process.DisposeAsync();
    }

    private async Task<FirefoxPage> NotificationWindowAsync()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var tree = await socket.SendAsync("browsingContext.getTree", new Dictionary<string, string> { ["moz:scope"] = "chrome" });
            var windows = tree.GetProperty("contexts").EnumerateArray();
            if (windows.LastOrDefault(window => window.GetProperty("url").GetString() == AlertWindow) is { ValueKind: JsonValueKind.Object } window)
            {
                return new FirefoxPage(socket, window.GetProperty("context").GetString()!);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException("Firefox showed no notification within 10 s.");
    }

    private static string? ReadError(JsonElement answer) =>
        answer.GetProperty("type").GetString() == "error"
            ? $"{answer.GetProperty("error").GetString()}: {answer.GetProperty("message").GetString()}"
            : null;
}
