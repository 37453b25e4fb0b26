using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Gcm;

/// <summary>One Chromium profile, known by the Android id of its check-in.</summary>
internal sealed class ChromiumBrowser(Subscriptions subscriptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Subscription, Registration> registrations = new();
    private ConnectionContext? connection;

    public Mailbox Mailbox { get; } = new(clock);

    /// <summary>A browser has one connection: a newer one ends the older.</summary>
    public void Connect(ConnectionContext newer)
    {
        if (Interlocked.Exchange(ref connection, newer) is { } older && older != newer)
            older.Abort();
    }

    public void Disconnect(ConnectionContext ended) => Interlocked.CompareExchange(ref connection, null, ended);

    /// <summary>Every registration gets a token of its own; the sender is the VAPID key, unless it is an old numeric sender id.</summary>
    public Subscription Register(Registration registration)
    {
        var isKey = P256.TryParse(registration.Sender, out var applicationServerKey);
        var subscription = subscriptions.Add(Mailbox, isKey ? applicationServerKey : null);
        registrations[subscription] = registration;
        return subscription;
    }

    public void Unregister(string subtype)
    {
        foreach (var (subscription, registration) in registrations)
        {
            if (registration.Subtype == subtype)
                Remove(subscription);
        }
    }

    /// <summary>Null when it was unregistered meanwhile.</summary>
    public Registration? RegistrationOf(Subscription subscription) => registrations.GetValueOrDefault(subscription);

    /// <summary>Ends every subscription and cuts the connection. Chromium itself learns nothing of it, as from FCM.</summary>
    public void Forget()
    {
        foreach (var subscription in registrations.Keys)
            Remove(subscription);
        Interlocked.Exchange(ref connection, null)?.Abort();
    }

    private void Remove(Subscription subscription)
    {
        if (registrations.TryRemove(subscription, out _))
            subscription.Remove();
    }
}

/// <summary>What Chromium wants to read on every message of a subscription.</summary>
/// <param name="App">Its own application id.</param>
/// <param name="Sender">The VAPID key, base64url.</param>
/// <param name="Subtype">Names the service worker registration.</param>
internal sealed record Registration(string App, string Sender, string Subtype);
