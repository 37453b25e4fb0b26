using System.Diagnostics.CodeAnalysis;

namespace Pushbell.WebPush;

/// <summary>What a browser hands out when it subscribes: where to send, and the two keys to encrypt for (RFC 8291 §2).</summary>
/// <remarks>An instance made by <see cref="TryCreate"/> has been checked completely; nothing after that border checks again.</remarks>
public sealed class PushSubscription
{
    private PushSubscription(Uri endpoint, ReadOnlyMemory<byte> p256dh, ReadOnlyMemory<byte> auth)
    {
        Endpoint = endpoint;
        Origin = endpoint.GetLeftPart(UriPartial.Authority);
        P256dh = p256dh;
        Auth = auth;
    }

    /// <summary>The push resource (RFC 8030 §2): a capability URL, to be kept out of logs.</summary>
    public Uri Endpoint { get; }

    /// <summary><c>scheme://host[:port]</c>, with the port when it is not the scheme's default: the audience of a VAPID token.</summary>
    public string Origin { get; }

    /// <summary>The browser's public key on P-256, uncompressed: 65 bytes, the first 0x04.</summary>
    public ReadOnlyMemory<byte> P256dh { get; }

    /// <summary>The authentication secret, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Auth { get; }

    /// <summary>Checks a browser's subscription. Keys are base64url; padding and the standard alphabet are tolerated.</summary>
    /// <param name="endpoint">An absolute http or https URL without user-info and fragment, at most 2,048 characters.</param>
    /// <param name="p256dh">65 bytes: a point on P-256.</param>
    /// <param name="auth">16 bytes.</param>
    /// <param name="subscription">The subscription when everything is well.</param>
    /// <param name="problem">Otherwise one sentence that says what is wrong.</param>
    public static bool TryCreate(
        string? endpoint,
        string? p256dh,
        string? auth,
        [NotNullWhen(true)] out PushSubscription? subscription,
        [NotNullWhen(false)] out string? problem
    )
    {
        subscription = null;
        if (!EndpointSyntax.TryParse(endpoint, out var uri, out problem))
        {
            return false;
        }

        if (!Base64Text.TryDecode(p256dh, P256.PointLength, out var point))
        {
            problem = "The key p256dh must be 65 bytes in base64url.";
            return false;
        }

        if (!P256.IsPoint(point))
        {
            problem = "The key p256dh is not an uncompressed point on the curve P-256.";
            return false;
        }

        if (!Base64Text.TryDecode(auth, AuthLength, out var secret))
        {
            problem = "The key auth must be 16 bytes in base64url.";
            return false;
        }

        subscription = new PushSubscription(uri, point, secret);
        return true;
    }

    /// <summary>Takes values that <see cref="TryCreate"/> once accepted, back from storage; they are not checked again.</summary>
    public static PushSubscription FromValidated(Uri endpoint, ReadOnlyMemory<byte> p256dh, ReadOnlyMemory<byte> auth)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new PushSubscription(endpoint, p256dh, auth);
    }

    internal const int AuthLength = 16;
}
