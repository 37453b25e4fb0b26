using System.Collections.Concurrent;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>Every virtual subscription ever made here, removed ones included.</summary>
internal sealed class VirtualSubscriptionSet(Subscriptions subscriptions)
{
    private readonly ConcurrentDictionary<string, VirtualSubscription> byId = new();

    public IEnumerable<VirtualSubscription> All => byId.Values;

    public VirtualSubscription? Find(string id) => byId.GetValueOrDefault(id);

    /// <exception cref="ArgumentException">The key is no P-256 public key in base64url.</exception>
    public VirtualSubscription Create(Uri origin, string? applicationServerKey) => Create(origin, Parse(applicationServerKey));

    /// <summary>
    /// Makes them while they are read. The ratio, 0 to 1, is the part that is gone from the start, spread evenly:
    /// every stretch of the list has its share.
    /// </summary>
    /// <exception cref="ArgumentException">The key is no P-256 public key in base64url.</exception>
    public IEnumerable<VirtualSubscription> CreateMany(Uri origin, string? applicationServerKey, int count, double goneRatio)
    {
        var key = Parse(applicationServerKey);

        // Nearly all the time goes into key pairs, which any core can make.
        return ParallelEnumerable.Range(0, count).AsOrdered().Select(index =>
        {
            var created = Create(origin, key);
            if (Math.Floor((index + 1) * goneRatio) > Math.Floor(index * goneRatio))
                created.Remove();
            return created;
        });
    }

    private VirtualSubscription Create(Uri origin, byte[]? applicationServerKey)
    {
        var created = new VirtualSubscription(subscriptions, origin, applicationServerKey);
        return byId[created.Id] = created;
    }

    private static byte[]? Parse(string? applicationServerKey)
    {
        if (applicationServerKey is null)
            return null;

        return P256.TryParse(applicationServerKey, out var key)
            ? key
            : throw new ArgumentException("An application server key is a P-256 public key, 65 bytes in base64url.", nameof(applicationServerKey));
    }
}
