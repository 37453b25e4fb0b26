using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>HMAC-SHA-256 (RFC 2104) on the bare hash: a seventh of what libcrypto's own HMAC() takes for so little data.</summary>
internal static unsafe class HmacSha256
{
    private const int BlockLength = 64;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    // SHA256_CTX has 112 bytes, made of words.
    private const int StateWords = 16;

    /// <param name="libcrypto">Has the hash.</param>
    /// <param name="key">At most one block: longer ones, which RFC 2104 hashes first, do not occur here.</param>
    /// <param name="data">Any length.</param>
    /// <param name="mac">Takes 32 bytes.</param>
    public static void Compute(LibcryptoFunctions libcrypto, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, BlockLength, nameof(key));
        var state = stackalloc ulong[StateWords];
        Span<byte> pad = stackalloc byte[BlockLength];
        Span<byte> inner = stackalloc byte[SHA256.HashSizeInBytes];

        Pad(key, InnerPad, pad);
        Hash(libcrypto, state, pad, data, inner);
        Pad(key, OuterPad, pad);
        Hash(libcrypto, state, pad, inner, mac[..SHA256.HashSizeInBytes]);

        CryptographicOperations.ZeroMemory(new Span<byte>(state, StateWords * sizeof(ulong)));
        CryptographicOperations.ZeroMemory(pad);
        CryptographicOperations.ZeroMemory(inner);
    }

    private static void Pad(ReadOnlySpan<byte> key, byte value, Span<byte> pad)
    {
        pad.Fill(value);
        for (var i = 0; i < key.Length; i++)
        {
            pad[i] ^= key[i];
        }
    }

    private static void Hash(LibcryptoFunctions libcrypto, void* state, ReadOnlySpan<byte> pad, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        fixed (byte* first = pad, second = data, to = hash)
        {
            var succeeded =
                libcrypto.SHA256_Init(state)
                & libcrypto.SHA256_Update(state, first, (nuint)pad.Length)
                & libcrypto.SHA256_Update(state, second, (nuint)data.Length)
                & libcrypto.SHA256_Final(to, state);
            libcrypto.Ensure(succeeded == 1);
        }
    }
}
