using System.Collections.Concurrent;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>One Firefox profile, known by its uaid for as long as the service runs.</summary>
internal sealed class FirefoxBrowser(string uaid, Subscriptions subscriptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Subscription> byChannel = new();
    private HttpContext? connection;

    public string Uaid { get; } = uaid;

    public Mailbox Mailbox { get; } = new(clock);

    /// <summary>A browser has one connection: a newer one ends the older.</summary>
    public void Connect(HttpContext newer)
    {
        if (Interlocked.Exchange(ref connection, newer) is { } older && older != newer)
            older.Abort();
    }

    public void Disconnect(HttpContext ended) => Interlocked.CompareExchange(ref connection, null, ended);

    /// <summary>The subscription of a new channel, or of a known one; null when the key is no P-256 key.</summary>
    public Subscription? Register(string channelId, string? key)
    {
        byte[]? applicationServerKey = null;
        if (key is not null && !P256.TryParse(key, out applicationServerKey))
            return null;

        return byChannel.GetOrAdd(channelId, _ => subscriptions.Add(Mailbox, applicationServerKey));
    }

    public void Unregister(string channelId)
    {
        if (byChannel.TryRemove(channelId, out var subscription))
            subscription.Remove();
    }

    /// <summary>Null when the channel was unregistered meanwhile.</summary>
    public string? ChannelOf(Subscription subscription) =>
        byChannel.FirstOrDefault(channel => channel.Value == subscription).Key;

    /// <summary>Ends every subscription and cuts the connection, so that the browser learns of it.</summary>
    public void Forget()
    {
        foreach (var channelId in byChannel.Keys)
            Unregister(channelId);
        Interlocked.Exchange(ref connection, null)?.Abort();
    }
}
