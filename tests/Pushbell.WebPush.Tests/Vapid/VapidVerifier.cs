using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pushbell.WebPush.Tests.Vapid;

/// <summary>What a push service does with the Authorization header (RFC 8292 §2, §3).</summary>
internal sealed record VapidVerifier(string UnsignedToken, string PublicKey, string Audience, DateTimeOffset Expiry, string Subject)
{
    public static VapidVerifier Verify(string authorization)
    {
        authorization.ShouldStartWith("vapid ");
        var parameters = authorization["vapid ".Length..]
            .Split(',')
            .Select(part => part.Trim().Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
        var token = parameters["t"].Split('.');
        var point = Base64Url.DecodeFromChars(parameters["k"]);
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33], Y = point[33..65] },
            }
        );
        var unsigned = $"{token[0]}.{token[1]}";
        key.VerifyData(Encoding.ASCII.GetBytes(unsigned), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256)
            .ShouldBeTrue("the signature");

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1]));
        return new VapidVerifier(
            unsigned,
            parameters["k"],
            claims.RootElement.GetProperty("aud").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64()),
            claims.RootElement.GetProperty("sub").GetString()!
        );
    }
}
