using System.Collections.Concurrent;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>Every virtual subscription ever made here, removed ones included.</summary>
internal sealed class VirtualSubscriptionSet(Subscriptions subscriptions)
{
    private readonly ConcurrentDictionary<string, VirtualSubscription> byId = new();

    public IEnumerable<VirtualSubscription> All => byId.Values;

    /// <exception cref="ArgumentException">The key is no P-256 public key in base64url.</exception>
    public VirtualSubscription Create(Uri origin, string? applicationServerKey)
    {
        byte[]? key = null;
        if (applicationServerKey is not null && !P256.TryParse(applicationServerKey, out key))
            throw new ArgumentException("An application server key is a P-256 public key, 65 bytes in base64url.", nameof(applicationServerKey));

        var created = new VirtualSubscription(subscriptions, origin, key);
        return byId[created.Id] = created;
    }

    public VirtualSubscription? Find(string id) => byId.GetValueOrDefault(id);
}
