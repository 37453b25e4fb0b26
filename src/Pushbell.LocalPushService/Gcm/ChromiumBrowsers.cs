using System.Collections.Concurrent;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Gcm;

/// <summary>Every Chromium profile that registered or logged in, by Android id.</summary>
internal sealed class ChromiumBrowsers(Subscriptions subscriptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ChromiumBrowser> byAndroidId = new();

    public ChromiumBrowser this[string androidId] => byAndroidId.GetOrAdd(androidId, _ => new ChromiumBrowser(subscriptions, clock));

    public void Forget()
    {
        foreach (var androidId in byAndroidId.Keys)
        {
            if (byAndroidId.TryRemove(androidId, out var browser))
                browser.Forget();
        }
    }
}
