using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch;

/// <summary>A secret as text: prefix, 24 random characters of base 62 (142 bits) and a checksum of 6, so that leak scanners can tell it.</summary>
public static class KeyText
{
    private const int RandomLength = 24;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Generate(string prefix)
    {
        var body = prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>What is stored instead. A plain hash is enough for a secret of 142 random bits.</summary>
    public static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Checksum(string body)
    {
        var rest = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(body)));
        Span<char> digits = stackalloc char[6];
        for (var at = digits.Length - 1; at >= 0; at--, rest /= (uint)Alphabet.Length)
        {
            digits[at] = Alphabet[(int)(rest % (uint)Alphabet.Length)];
        }

        return digits.ToString();
    }
}
