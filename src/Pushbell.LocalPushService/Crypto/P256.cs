using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pushbell.LocalPushService.Crypto;

/// <summary>Public keys on P-256 as they travel in Web Push: 65 bytes, uncompressed (X9.62), base64url in text.</summary>
internal static class P256
{
    public const int PublicKeyLength = 65;
    private const byte Uncompressed = 0x04;

    public static byte[] Encode(ECPoint point) => [Uncompressed, .. point.X!, .. point.Y!];

    /// <exception cref="CryptographicException">Not a point of the curve.</exception>
    public static ECParameters Parameters(ReadOnlySpan<byte> publicKey, byte[]? privateKey = null)
    {
        if (publicKey.Length != PublicKeyLength || publicKey[0] != Uncompressed)
            throw new CryptographicException("A P-256 public key is 65 bytes that begin with 0x04.");

        return new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[1..33].ToArray(), Y = publicKey[33..].ToArray() },
            D = privateKey,
        };
    }

    /// <summary>Reads a key from base64url, with or without padding, and holds it against the curve.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out byte[]? publicKey)
    {
        publicKey = null;
        if (!Base64Url.IsValid(text, out var length) || length != PublicKeyLength)
            return false;

        try
        {
            var key = Base64Url.DecodeFromChars(text);
            using var onCurve = ECDsa.Create(Parameters(key));
            publicKey = key;
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
