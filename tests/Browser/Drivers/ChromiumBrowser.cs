using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>Chromium, driven by its DevTools protocol over its own WebSocket: no chromedriver, no package.</summary>
internal sealed class ChromiumBrowser : DrivenBrowser
{
    private readonly BrowserProcess process;
    private readonly CommandSocket socket;

    private ChromiumBrowser(BrowserProcess process, CommandSocket socket, string version)
    {
        this.process = process;
        this.socket = socket;
        Version = version;
    }

    public override string Version { get; }

    /// <param name="pushServiceFlags">What leads the browser to a push service on this machine; none for tests without push.</param>
    public static async Task<ChromiumBrowser> StartAsync(params string[] pushServiceFlags)
    {
        var executable = InstalledBrowser.Find("chromium", "chromium-browser", "google-chrome");
        var profile = new BrowserProfile();
        string[] flags =
        [
            "--headless=new",
            // Test machines run as root in containers, where Chromium's sandbox cannot be had.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-default-browser-check",
            "--no-first-run",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile.Folder}",
        ];
        var (browser, address) = await BrowserProcess.StartAsync(
            executable, profile, [.. flags, .. pushServiceFlags, "about:blank"], "DevTools listening on ");
        try
        {
            var connection = await CommandSocket.ConnectAsync(address, ReadError);
            var version = await connection.SendAsync("Browser.getVersion", new { });
            return new ChromiumBrowser(browser, connection, version.GetProperty("product").GetString()!);
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public override async Task<BrowserPage> NewPageAsync()
    {
        var created = await socket.SendAsync("Target.createTarget", new { url = "about:blank" });
        var page = await AttachAsync(created.GetProperty("targetId").GetString()!);
        await page.WatchLoadingAsync();
        return page;
    }

    public override Task SetNotificationPermissionAsync(string origin, Permission permission) =>
        socket.SendAsync("Browser.setPermission", new
        {
            permission = new { name = "notifications" },
            setting = permission.ToString().ToLowerInvariant(),
            origin,
        });

    /// <summary>The running service worker whose script has this address: scripts can be evaluated in it.</summary>
    public async Task<BrowserPage> ServiceWorkerAsync(string script)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var targets = (await socket.SendAsync("Target.getTargets", new { })).GetProperty("targetInfos").EnumerateArray();
            var worker = targets.FirstOrDefault(target =>
                target.GetProperty("type").GetString() == "service_worker" && target.GetProperty("url").GetString() == script);
            if (worker.ValueKind == JsonValueKind.Object)
            {
                return await AttachAsync(worker.GetProperty("targetId").GetString()!);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"The service worker {script} did not start within 10 s.");
    }

    public override async ValueTask DisposeAsync()
    {
        await socket.CloseAsync("Browser.close");
        await socket.DisposeAsync();
        await process.DisposeAsync();
    }

    private async Task<ChromiumPage> AttachAsync(string targetId)
    {
        var attached = await socket.SendAsync("Target.attachToTarget", new { targetId, flatten = true });
        return new ChromiumPage(socket, attached.GetProperty("sessionId").GetString()!);
    }

    private static string? ReadError(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString() : null;
}
