using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>Every subscription ever made here, removed ones included.</summary>
internal sealed class Subscriptions
{
    // RFC 8030 §8.3 wants endpoints that cannot be guessed: 128 bits.
    private const int TokenLength = 16;

    private readonly ConcurrentDictionary<string, Subscription> byToken = new();

    public Subscription Add(IUserAgent userAgent, byte[]? applicationServerKey)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenLength));
        return byToken[token] = new Subscription(token, userAgent, applicationServerKey);
    }

    public Subscription? Find(string token) => byToken.GetValueOrDefault(token);
}
