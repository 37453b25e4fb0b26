using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>Chromium, driven by its DevTools protocol over its own WebSocket: no chromedriver, no package.</summary>
internal sealed class ChromiumBrowser : DrivenBrowser
{
    private readonly BrowserProfile profile = new();
    private readonly string[] pushServiceFlags;
    private BrowserProcess process = null!;
    private CommandSocket socket = null!;

    private ChromiumBrowser(string[] pushServiceFlags) => this.pushServiceFlags = pushServiceFlags;

    public override string Version { get; private protected set; } = "";

    /// <param name="pushServiceFlags">What leads the browser to a push service on this machine; none for tests without push.</param>
    public static async Task<ChromiumBrowser> StartAsync(params string[] pushServiceFlags)
    {
        var browser = new ChromiumBrowser(pushServiceFlags);
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
        var executable = InstalledBrowser.Find("chromium", "chromium-browser", "google-chrome");
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
        (process, var address) = await BrowserProcess.StartAsync(
            executable, profile, [.. flags, .. pushServiceFlags, "about:blank"], "DevTools listening on ");
        try
        {
            socket = await CommandSocket.ConnectAsync(address, ReadError);
            Version = (await socket.SendAsync("Browser.getVersion", new { })).GetProperty("product").GetString()!;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
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
