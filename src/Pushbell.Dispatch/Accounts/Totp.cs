using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch.Accounts;

/// <summary>Time-based one-time passwords: HMAC-SHA-1, six digits, a step of 30 s (RFC 6238), which is what every authenticator app does.</summary>
public static class Totp
{
    /// <summary>160 bits (RFC 4226 §4, R6).</summary>
    public const int SecretLength = 20;

    private const int StepSeconds = 30, Digits = 6, Modulus = 1_000_000;

    // RFC 4648 §6
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What RFC 6238 and the apps agree on; HMAC does not depend on collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        // Dynamic truncation, RFC 4226 §5.3.
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        return (number % Modulus).ToString().PadLeft(Digits, '0');
    }

    /// <summary>A clock may be one step off in either direction (RFC 6238 §5.2).</summary>
    /// <returns>The step whose code it is; null when it is none of these.</returns>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? match = null;
        var current = StepAt(now);
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOf(secret, step))))
            {
                match = step;
            }
        }

        return match;
    }

    /// <summary>The secret as people type it into an app.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var octet in secret)
        {
            (buffer, bits) = ((buffer << 8) | octet, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString();
    }

    /// <summary>What an app reads from a QR code.</summary>
    public static string Uri(string secret, string email) =>
        $"otpauth://totp/Pushbell:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer=Pushbell&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
