using System.Text;
using System.Text.Json;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>What a profile needs for a push service on this machine, and to leave the world outside alone.</summary>
internal static class FirefoxPreferences
{
    private static readonly Dictionary<string, object> Always = new()
    {
        // The remote agent switches push off unless told otherwise.
        ["dom.push.connection.enabled"] = true,
        ["dom.push.testing.allowInsecureServerURL"] = true,
        ["dom.push.retryBaseInterval"] = 200,
        // Notifications become windows of the browser, which a test can reach and click.
        ["alerts.useSystemBackend"] = false,
        ["browser.shell.checkDefaultBrowser"] = false,
        ["browser.startup.page"] = 0,
        ["browser.newtabpage.enabled"] = false,
        ["app.normandy.enabled"] = false,
        ["app.update.disabledForTesting"] = true,
        ["browser.region.network.url"] = "",
        ["browser.safebrowsing.malware.enabled"] = false,
        ["browser.safebrowsing.phishing.enabled"] = false,
        ["browser.topsites.contile.enabled"] = false,
        ["datareporting.policy.dataSubmissionEnabled"] = false,
        ["dom.security.https_first"] = false,
        ["extensions.getAddons.cache.enabled"] = false,
        ["extensions.systemAddon.update.enabled"] = false,
        ["extensions.update.enabled"] = false,
        ["network.captive-portal-service.enabled"] = false,
        ["network.connectivity-service.enabled"] = false,
        ["network.proxy.type"] = 0,
        ["services.settings.server"] = "data:,#remote-settings-dummy/v1",
        ["toolkit.telemetry.enabled"] = false,
        ["toolkit.telemetry.server"] = "",
    };

    /// <summary>The text of a profile's user.js.</summary>
    /// <param name="pushService">The push service's WebSocket (ws:), or null for none.</param>
    public static string Write(Uri? pushService)
    {
        // An address that refuses at once stands for "none": an empty one would disable push itself.
        var server = pushService?.AbsoluteUri ?? "ws://127.0.0.1:9/";
        var text = new StringBuilder();
        foreach (var (name, value) in Always.Append(new("dom.push.serverURL", server)))
        {
            text.AppendLine($"user_pref({JsonSerializer.Serialize(name)}, {JsonSerializer.Serialize(value)});");
        }

        return text.ToString();
    }
}
