using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>Firefox, driven by WebDriver BiDi over its own WebSocket: no geckodriver, no package.</summary>
internal sealed class FirefoxBrowser : DrivenBrowser
{
    private const string AlertWindow = "chrome://global/content/alerts/alert.xhtml";

    private readonly BrowserProcess process;
    private readonly CommandSocket socket;

    private FirefoxBrowser(BrowserProcess process, CommandSocket socket, string version)
    {
        this.process = process;
        this.socket = socket;
        Version = version;
    }

    public override string Version { get; }

    /// <param name="pushService">The push service's WebSocket (ws:) on this machine; null for tests without push.</param>
    public static async Task<FirefoxBrowser> StartAsync(Uri? pushService = null)
    {
        var executable = InstalledBrowser.Find("firefox-esr", "firefox");
        var profile = new BrowserProfile();
        await File.WriteAllTextAsync(Path.Combine(profile.Folder, "user.js"), FirefoxPreferences.Write(pushService));
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
        var (browser, address) = await BrowserProcess.StartAsync(executable, profile, flags, "WebDriver BiDi listening on ");
        try
        {
            var connection = await CommandSocket.ConnectAsync(new Uri(address, "/session"), ReadError);
            var session = await connection.SendAsync("session.new", new { capabilities = new { } });
            var version = session.GetProperty("capabilities").GetProperty("browserVersion").GetString()!;
            return new FirefoxBrowser(browser, connection, version);
        }
        catch
        {
            await browser.DisposeAsync();
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

    /// <summary>Clicks the notification shown last.</summary>
    public async Task ClickNotificationAsync()
    {
        // The window's own handler; headless, there is no pixel of it to press.
        await (await NotificationWindowAsync()).EvaluateAsync("onAlertClick()");
    }

    public override async ValueTask DisposeAsync()
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
