using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>.NET's own classes: on every platform, and several key objects for each message.</summary>
/// <param name="reason">Why not something faster, when that was wanted.</param>
internal sealed class BclPrimitives(string? reason = null) : IPrimitives
{
    public string Name { get; } = reason is null ? ".NET" : $".NET ({reason})";

    public void FillSalt(Span<byte> salt) => RandomNumberGenerator.Fill(salt);

    public void Agree(ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret)
    {
        using var ours = ECDiffieHellman.Create(P256.Curve);
        Agree(ours, theirPoint, ourPoint, secret);
    }

    public void Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret)
    {
        using var ours = ECDiffieHellman.Create(new ECParameters { Curve = P256.Curve, D = scalar.ToArray() });
        Agree(ours, theirPoint, ourPoint, secret);
    }

    public void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac) => HMACSHA256.HashData(key, data, mac);

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> content, Span<byte> tag)
    {
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, content, content, tag);
    }

    private static void Agree(ECDiffieHellman ours, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret)
    {
        using var theirs = P256.ImportPublic(theirPoint);
        using var theirPublic = theirs.PublicKey;
        P256.WritePoint(ours.ExportParameters(includePrivateParameters: false).Q, ourPoint);
        var shared = ours.DeriveRawSecretAgreement(theirPublic);
        shared.CopyTo(secret);
        CryptographicOperations.ZeroMemory(shared);
    }
}
