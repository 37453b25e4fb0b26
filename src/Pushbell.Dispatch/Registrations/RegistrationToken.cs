using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch.Registrations;

/// <summary>
/// What a page holds to change or remove its own registration, and nothing else: <c>rt_</c> and base64url of organization (8 bytes),
/// service (8) and 24 random bytes. Organization and service stand in it so that it is looked up like everything else: by tenant first.
/// </summary>
public static class RegistrationToken
{
    private const string Prefix = "rt_";
    private const int RandomLength = 24, Length = 2 * sizeof(long) + RandomLength;

    public static string Create(long organization, long service)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, organization);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], service);
        RandomNumberGenerator.Fill(bytes[(2 * sizeof(long))..]);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out long organization, out long service)
    {
        Span<byte> bytes = stackalloc byte[Length];
        organization = service = 0;
        if (
            !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.Length != Prefix.Length + Base64Url.GetEncodedLength(Length)
            || !Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length)
            || length != Length
            || !Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _)
        )
        {
            return false;
        }

        organization = BinaryPrimitives.ReadInt64BigEndian(bytes);
        service = BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]);
        return true;
    }

    /// <summary>What is stored instead of the token.</summary>
    public static string Hash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
