using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>From the two parties' keys to the content encryption key and nonce: RFC 8291 §3.3–3.4, RFC 8188 §2.2–2.3.</summary>
internal static class KeySchedule
{
    public const int KeyLength = 16;
    public const int NonceLength = 12;
    private const int InputKeyLength = 32;

    private static ReadOnlySpan<byte> WebPushInfo => "WebPush: info\0"u8;

    private static ReadOnlySpan<byte> KeyInfo => "Content-Encoding: aes128gcm\0"u8;

    private static ReadOnlySpan<byte> NonceInfo => "Content-Encoding: nonce\0"u8;

    public static void Derive(
        PushSubscription subscription,
        ECDiffieHellman ephemeral,
        ReadOnlySpan<byte> ephemeralPoint,
        ReadOnlySpan<byte> salt,
        Span<byte> key,
        Span<byte> nonce
    )
    {
        // key_info = "WebPush: info" || 0x00 || ua_public || as_public
        Span<byte> info = stackalloc byte[WebPushInfo.Length + (2 * P256.PointLength)];
        WebPushInfo.CopyTo(info);
        subscription.P256dh.Span.CopyTo(info[WebPushInfo.Length..]);
        ephemeralPoint.CopyTo(info[(WebPushInfo.Length + P256.PointLength)..]);

        using var browser = P256.ImportPublic(subscription.P256dh.Span);
        using var theirs = browser.PublicKey;
        var shared = ephemeral.DeriveRawSecretAgreement(theirs);
        Span<byte> inputKey = stackalloc byte[InputKeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, inputKey, subscription.Auth.Span, info);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, key, salt, KeyInfo);

        // One record only, so its sequence number is 0 and the nonce is not changed further (RFC 8188 §2.3).
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, nonce, salt, NonceInfo);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(inputKey);
    }
}
