using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>From the secret that both parties share to the content encryption key and nonce: RFC 8291 §3.3–3.4, RFC 8188 §2.2–2.3.</summary>
/// <remarks>HKDF (RFC 5869) of outputs that fit one block: to extract and to expand are one HMAC each.</remarks>
internal static class KeySchedule
{
    public const int KeyLength = 16;
    public const int NonceLength = 12;

    private static ReadOnlySpan<byte> WebPushInfo => "WebPush: info\0"u8;

    // The byte 0x01 at the end of each is HKDF-Expand's block counter (RFC 5869 §2.3).
    private static ReadOnlySpan<byte> KeyInfo => "Content-Encoding: aes128gcm\0\u0001"u8;

    private static ReadOnlySpan<byte> NonceInfo => "Content-Encoding: nonce\0\u0001"u8;

    public static void Derive(
        IPrimitives primitives,
        PushSubscription subscription,
        ReadOnlySpan<byte> ephemeralPoint,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> salt,
        Span<byte> key,
        Span<byte> nonce
    )
    {
        // key_info = "WebPush: info" || 0x00 || ua_public || as_public, and the counter.
        Span<byte> info = stackalloc byte[WebPushInfo.Length + (2 * P256.PointLength) + 1];
        WebPushInfo.CopyTo(info);
        subscription.P256dh.Span.CopyTo(info[WebPushInfo.Length..]);
        ephemeralPoint.CopyTo(info[(WebPushInfo.Length + P256.PointLength)..]);
        info[^1] = 1;

        Span<byte> extracted = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> expanded = stackalloc byte[SHA256.HashSizeInBytes];
        primitives.Hmac(subscription.Auth.Span, secret, extracted);
        primitives.Hmac(extracted, info, expanded);
        primitives.Hmac(salt, expanded, extracted);
        primitives.Hmac(extracted, KeyInfo, expanded);
        expanded[..KeyLength].CopyTo(key);

        // One record only, so its sequence number is 0 and the nonce is not changed further (RFC 8188 §2.3).
        primitives.Hmac(extracted, NonceInfo, expanded);
        expanded[..NonceLength].CopyTo(nonce);
        CryptographicOperations.ZeroMemory(extracted);
        CryptographicOperations.ZeroMemory(expanded);
    }
}
