using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Sealing;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Emails as the database may hold them: a keyed hash to find a person by, and a sealed copy where /v2 must show them again.</summary>
public sealed class SubscriberEmails(MasterKey master)
{
    private const int MaxLength = 254;
    private readonly Sealer sealer = new(master, "email");
    private readonly ConcurrentDictionary<long, byte[]> hashKeys = new();

    /// <summary>Trimmed and lower-cased, as emails compare here; null when it is no address.</summary>
    public static string? Normalize(string email)
    {
        var trimmed = email.Trim();
        return trimmed.Length <= MaxLength && IsAddress(trimmed) ? trimmed.ToLowerInvariant() : null;
    }

    /// <summary>HMAC-SHA256 under the organization's own key, so that no two organizations' people can be compared.</summary>
    public string Hash(long organization, string normalized) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(
                hashKeys.GetOrAdd(organization, static (id, master) => master.Derive($"email-hash/{id}"), master),
                Encoding.UTF8.GetBytes(normalized)
            )
        );

    public byte[] Seal(long organization, long registration, string email) =>
        sealer.Seal(Encoding.UTF8.GetBytes(email), Context(organization, registration));

    public string Open(long organization, long registration, byte[] box) =>
        Encoding.UTF8.GetString(sealer.Open(box, Context(organization, registration)));

    private static string Context(long organization, long registration) => $"{organization}/{registration}";

    /// <summary>One @ between two parts without blanks, the second a host name. Whether mail arrives there is nothing a check could tell.</summary>
    private static bool IsAddress(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 0 } host]
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && host.Split('.').All(label => label.Length > 0);
}
