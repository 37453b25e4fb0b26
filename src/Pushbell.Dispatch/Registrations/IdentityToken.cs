using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Whom a valid token names.</summary>
/// <param name="Email">Normalized.</param>
/// <param name="UserId">The organization's own id for the person.</param>
public sealed record Identity(string? Email, string? UserId);

/// <summary>
/// A JWT (RFC 7519) that the organization's backend signs for a signed-in user, so that a page cannot register itself as somebody else:
/// <c>{"org": "org_…", "email"?, "user_id"?, "exp": seconds}</c>, HS256 or ES256 as the service's key demands.
/// </summary>
public static class IdentityToken
{
    private const int MaxLength = 4_096;

    /// <param name="token">In compact form.</param>
    /// <param name="key">What the service checks with. It decides the algorithm; the token's own word must agree.</param>
    /// <param name="organization">Whose token it must be.</param>
    /// <param name="now">Before its <c>exp</c>.</param>
    public static Result<Identity> Verify(string token, IdentityKey key, long organization, DateTimeOffset now)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature])
        {
            return Bad("is not a JWT in compact form");
        }

        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            if (Text(head.RootElement, "alg") != (key.IsPublicKey ? "ES256" : "HS256"))
            {
                return Bad($"must be signed with {(key.IsPublicKey ? "ES256" : "HS256")}");
            }

            if (!IsSigned(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), key))
            {
                return Bad("is not signed with this service's identity key");
            }

            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return Read(claims.RootElement, organization, now);
        }
        // InvalidOperationException: a string that is half an emoji.
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return Bad("is not a JWT in compact form");
        }
    }

    private static Result<Identity> Read(JsonElement claims, long organization, DateTimeOffset now)
    {
        if (claims.ValueKind != JsonValueKind.Object || Text(claims, "org") != PublicId.Organization(organization))
        {
            return Bad("names another organization in 'org'");
        }

        if (
            !claims.TryGetProperty("exp", out var exp)
            || exp.ValueKind != JsonValueKind.Number
            || !exp.TryGetInt64(out var seconds)
            || seconds <= now.ToUnixTimeSeconds()
        )
        {
            return Bad("has expired, or has no 'exp'");
        }

        var (email, userId) = (Text(claims, "email"), Text(claims, "user_id"));
        if (userId?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Bad("has a 'user_id' with a null character");
        }

        var normalized = email is null ? null : SubscriberEmails.Normalize(email);
        if (email is not null && normalized is null)
        {
            return Bad("has an 'email' that is none");
        }

        return email is null && userId is null ? Bad("names nobody: it needs 'email' or 'user_id'") : new Identity(normalized, userId);
    }

    private static bool IsSigned(byte[] text, byte[] signature, IdentityKey key)
    {
        if (!key.IsPublicKey)
        {
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Bytes, text), signature);
        }

        using var publicKey = ECDsa.Create();
        publicKey.ImportSubjectPublicKeyInfo(key.Bytes, out _);
        return publicKey.VerifyData(text, signature, HashAlgorithmName.SHA256);
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Failure.Forbidden Bad(string why) => new($"identity_token {why}.");
}
