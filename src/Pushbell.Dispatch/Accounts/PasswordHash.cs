using System.Globalization;
using System.Security.Cryptography;

namespace Pushbell.Dispatch.Accounts;

/// <summary>PBKDF2-HMAC-SHA512, 210,000 rounds (OWASP's figure), stored as <c>pbkdf2-sha512$rounds$salt$hash</c>.</summary>
public static class PasswordHash
{
    private const int Rounds = 210_000, SaltLength = 16, HashLength = 32;

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return string.Join('$', "pbkdf2-sha512", Rounds, Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt, Rounds)));
    }

    public static bool Verify(string password, string stored)
    {
        var parts = stored.Split('$');
        return parts is ["pbkdf2-sha512", _, _, _]
            && CryptographicOperations.FixedTimeEquals(
                Convert.FromBase64String(parts[3]),
                Derive(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture))
            );
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA512, HashLength);
}
