using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>What RFC 8291 is built upon: P-256, HMAC-SHA-256, AES-128-GCM and randomness. Safe for any number of threads.</summary>
internal interface IPrimitives
{
    /// <summary>Who computes, for a log line.</summary>
    string Name { get; }

    /// <summary>Writes a salt that was never used before.</summary>
    void FillSalt(Span<byte> salt);

    /// <summary>Makes a key pair for this one call, and agrees with the other side's key.</summary>
    /// <param name="theirPoint">The other side's public key: 65 bytes, the first 0x04; whether it is on the curve is checked here.</param>
    /// <param name="ourPoint">Takes the public key made: 65 bytes.</param>
    /// <param name="secret">Takes the x coordinate that both sides can compute: 32 bytes.</param>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    void Agree(ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret);

    /// <summary>The same with a given private key, as test vectors have it.</summary>
    /// <param name="scalar">32 bytes, big-endian, more than zero and less than the curve's order.</param>
    /// <param name="theirPoint">As above.</param>
    /// <param name="ourPoint">As above.</param>
    /// <param name="secret">As above.</param>
    void Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret);

    /// <summary>HMAC-SHA-256 (RFC 2104).</summary>
    /// <param name="key">At most 64 bytes, one block of the hash.</param>
    /// <param name="data">Any length; must not overlap <paramref name="mac"/>.</param>
    /// <param name="mac">Takes 32 bytes.</param>
    void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac);

    /// <summary>AES-128-GCM (RFC 5116 §5.1) in place, without associated data.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="content">The plaintext, which becomes the ciphertext; not empty.</param>
    /// <param name="tag">Takes 16 bytes.</param>
    void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> content, Span<byte> tag);
}
