using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.LocalPushService.Crypto;

namespace Pushbell.LocalPushService.Vapid;

/// <summary>The credentials of RFC 8292 §3: a signed token and the public key, 65 bytes, that it is signed with.</summary>
internal sealed record VapidToken(byte[] PublicKey, VapidClaims Claims)
{
    private const string Scheme = "vapid ";
    private const string Algorithm = "ES256";

    /// <summary>Reads an Authorization header and checks the signature; <paramref name="fault"/> says what is wrong with it.</summary>
    public static VapidToken? Read(string authorization, out string fault)
    {
        fault = "Authorization is 'vapid t=<token>, k=<public key>' (RFC 8292, section 3).";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var parameters = Parameters(authorization[Scheme.Length..]);
        if (!parameters.TryGetValue("t", out var token) || token.Split('.') is not [var header, var claims, var signature])
            return null;
        if (!parameters.TryGetValue("k", out var k) || !P256.TryParse(k, out var publicKey))
        {
            fault = "The parameter k is no P-256 public key (RFC 8292, section 3.2).";
            return null;
        }

        if (Decode(header, VapidJson.Default.VapidHeader)?.Algorithm != Algorithm || Decode(claims, VapidJson.Default.VapidClaims) is not { } read)
        {
            fault = "The token is no JWT signed with ES256 (RFC 8292, section 2).";
            return null;
        }

        fault = "The signature of the token does not fit its key (RFC 8292, section 2).";
        return IsSigned(token, signature, publicKey) ? new VapidToken(publicKey, read) : null;
    }

    /// <summary>RFC 9110 §11.4: name=value pairs between commas; the base64url values need no quotes.</summary>
    private static Dictionary<string, string> Parameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in text.Split(','))
        {
            if (parameter.Split('=', 2) is [var name, var value])
                parameters[name.Trim()] = value.Trim();
        }

        return parameters;
    }

    private static T? Decode<T>(string part, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Base64Url.IsValid(part) ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(part), type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSigned(string token, string signature, byte[] publicKey)
    {
        if (!Base64Url.IsValid(signature))
            return false;

        using var key = ECDsa.Create(P256.Parameters(publicKey));
        var signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        return key.VerifyData(signed, Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

internal sealed record VapidHeader([property: JsonPropertyName("alg")] string? Algorithm);

/// <param name="Audience">The origin of the push service.</param>
/// <param name="Expires">Seconds since 1970; null when absent.</param>
/// <param name="Subject">A contact of the sender: mailto: or https:.</param>
internal sealed record VapidClaims(
    [property: JsonPropertyName("aud")] string? Audience,
    [property: JsonPropertyName("exp")] double? Expires,
    [property: JsonPropertyName("sub")] string? Subject);

[JsonSerializable(typeof(VapidHeader))]
[JsonSerializable(typeof(VapidClaims))]
internal sealed partial class VapidJson : JsonSerializerContext;
