using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>libcrypto called directly: no key objects and nothing allocated for a message, once a thread has encrypted its first.</summary>
internal sealed class LibcryptoPrimitives(LibcryptoFunctions libcrypto) : IPrimitives
{
    public string Name => $"libcrypto ({libcrypto.Version})";

    public void FillSalt(Span<byte> salt) => Workplace.Of(libcrypto).Salts.Take(salt);

    public void Agree(ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret)
    {
        var workplace = Workplace.Of(libcrypto);
        Span<byte> scalar = stackalloc byte[P256.CoordinateLength];
        try
        {
            // Drawn anew when out of range, so that every private key is as likely as any other (FIPS 186-5 §A.2.2).
            do
            {
                workplace.Scalars.Take(scalar);
            } while (!P256.IsScalar(scalar));

            workplace.Agreement.Agree(scalar, theirPoint, ourPoint, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    public void Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret) =>
        Workplace.Of(libcrypto).Agreement.Agree(scalar, theirPoint, ourPoint, secret);

    public void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac) => HmacSha256.Compute(libcrypto, key, data, mac);

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> content, Span<byte> tag) =>
        Workplace.Of(libcrypto).Cipher.Seal(key, nonce, content, tag);
}
