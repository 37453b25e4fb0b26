using System.Collections.Concurrent;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>Every Firefox profile that said hello.</summary>
internal sealed class FirefoxBrowsers(Subscriptions subscriptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, FirefoxBrowser> byUaid = new();

    /// <summary>The browser of a uaid that was given out here, otherwise a new one with a uaid of its own.</summary>
    public FirefoxBrowser Greet(string? uaid)
    {
        if (uaid is not null && byUaid.TryGetValue(uaid, out var known))
            return known;

        var created = new FirefoxBrowser($"{Guid.NewGuid():N}", subscriptions, clock);
        return byUaid[created.Uaid] = created;
    }

    /// <summary>Each browser finds on its next hello that its uaid means nothing: all its subscriptions change.</summary>
    public void Forget()
    {
        foreach (var uaid in byUaid.Keys)
        {
            if (byUaid.TryRemove(uaid, out var browser))
                browser.Forget();
        }
    }
}
