using System.Collections.Concurrent;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Vapid;

/// <summary>Decides whether a sender may use a subscription (RFC 8292).</summary>
internal sealed class VapidCheck(LocalPushOptions options, TimeProvider clock)
{
    private const int KeptTokens = 1024;
    private static readonly TimeSpan LongestValidity = TimeSpan.FromHours(24);

    // Senders use one token for many messages; its signature needs checking once.
    private readonly ConcurrentDictionary<string, VapidToken> signed = new();

    /// <param name="authorization">The header as it came, empty when there was none.</param>
    /// <param name="origin">The origin of the push resource, with any port that is not the default.</param>
    /// <param name="subscriptionKey">The key that the subscription was made with, if any.</param>
    public Refusal? Check(string authorization, string origin, byte[]? subscriptionKey)
    {
        if (authorization.Length == 0)
        {
            return subscriptionKey is null && !options.RequireVapid
                ? null
                : Refusal.Unauthorized("This subscription needs an Authorization header (RFC 8292, section 4.2).");
        }

        if (ReadSigned(authorization, out var fault) is not { } token)
            return Refusal.Forbidden(fault);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return token.Claims switch
        {
            { Audience: var audience } when audience != origin =>
                Refusal.Forbidden($"aud is '{audience}', the origin of this push resource is '{origin}' (RFC 8292, section 2)."),
            { Expires: null } => Refusal.Forbidden("exp is missing (RFC 8292, section 2)."),
            { Expires: var expires } when expires <= now => Refusal.Forbidden("exp is past (RFC 8292, section 2)."),
            { Expires: var expires } when expires > now + LongestValidity.TotalSeconds =>
                Refusal.Forbidden("exp is more than 24 hours ahead (RFC 8292, section 2)."),
            { Subject: var subject } when !IsContact(subject) =>
                Refusal.Forbidden("sub is a mailto: or https: URI (RFC 8292, section 2.1)."),
            _ when subscriptionKey is not null && !token.PublicKey.AsSpan().SequenceEqual(subscriptionKey) =>
                Refusal.Forbidden("The subscription was made with another application server key (RFC 8292, section 4.2)."),
            _ => null,
        };
    }

    private static bool IsContact(string? subject) =>
        subject is not null
        && (subject.StartsWith("mailto:", StringComparison.Ordinal) || subject.StartsWith("https:", StringComparison.Ordinal));

    private VapidToken? ReadSigned(string authorization, out string fault)
    {
        fault = "";
        if (signed.TryGetValue(authorization, out var known))
            return known;

        if (VapidToken.Read(authorization, out fault) is not { } token)
            return null;

        if (signed.Count >= KeptTokens)
            signed.Clear();
        return signed[authorization] = token;
    }
}
