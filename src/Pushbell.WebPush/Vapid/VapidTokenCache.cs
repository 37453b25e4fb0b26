using System.Collections.Concurrent;

namespace Pushbell.WebPush;

/// <summary>Signs tokens and keeps them: a signature costs as much as a whole encryption, and a token serves for hours.</summary>
/// <remarks>Safe for any number of threads.</remarks>
public sealed class VapidTokenCache
{
    private const int Capacity = 16_384;
    private readonly ConcurrentDictionary<Key, VapidToken> tokens = new();
    private readonly Lock signing = new();
    private readonly TimeProvider clock;
    private readonly int capacity;

    /// <param name="clock">Tells when a token was signed and when it expires.</param>
    public VapidTokenCache(TimeProvider clock)
        : this(clock, Capacity) { }

    internal VapidTokenCache(TimeProvider clock, int capacity)
    {
        ArgumentNullException.ThrowIfNull(clock);
        this.clock = clock;
        this.capacity = capacity;
    }

    internal int Count => tokens.Count;

    /// <summary>The value of the Authorization header, <c>vapid t=…, k=…</c> (RFC 8292 §3).</summary>
    /// <param name="identity">Who sends.</param>
    /// <param name="origin">The endpoint's origin, see <see cref="PushSubscription.Origin"/>.</param>
    public string Authorization(VapidIdentity identity, string origin)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(origin);
        var key = new Key(identity.Keys.PublicKey, identity.Subject, origin);
        return Fresh(key)?.Authorization ?? SignOnce(key, identity).Authorization;
    }

    private VapidToken? Fresh(Key key) => tokens.TryGetValue(key, out var token) && token.IsFresh(clock.GetUtcNow()) ? token : null;

    private VapidToken SignOnce(Key key, VapidIdentity identity)
    {
        lock (signing)
        {
            if (Fresh(key) is { } signedMeanwhile)
            {
                return signedMeanwhile;
            }

            if (tokens.Count >= capacity)
            {
                DropOldest();
            }

            return tokens[key] = VapidToken.Sign(identity, key.Origin, clock.GetUtcNow());
        }
    }

    /// <summary>A quarter at once, those nearest to their replacement, so that a full cache does not sort at every signature.</summary>
    private void DropOldest()
    {
        foreach (var (key, _) in tokens.OrderBy(entry => entry.Value.SignedAt).Take((capacity / 4) + 1))
        {
            tokens.TryRemove(key, out _);
        }
    }

    private readonly record struct Key(string PublicKey, string Subject, string Origin);
}
