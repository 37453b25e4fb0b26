using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>The key pair of an application server (RFC 8292 §2); browsers bind a subscription to its public half.</summary>
public sealed class VapidKeys
{
    private readonly byte[] privateKey;

    private VapidKeys(byte[] privateKey, ECPoint publicPoint)
    {
        this.privateKey = privateKey;
        Span<byte> point = stackalloc byte[P256.PointLength];
        P256.WritePoint(publicPoint, point);
        PublicKey = Base64Url.EncodeToString(point);
    }

    /// <summary>The uncompressed public point, 65 bytes, as base64url without padding: the browser's <c>applicationServerKey</c>.</summary>
    public string PublicKey { get; }

    /// <summary>Makes a new pair.</summary>
    public static VapidKeys Generate()
    {
        using var key = ECDsa.Create(P256.Curve);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return new VapidKeys(parameters.D!, parameters.Q);
    }

    /// <summary>Takes a pair in the usual text form: 65 and 32 bytes in base64url. The two must belong together.</summary>
    /// <param name="publicKey">The public point.</param>
    /// <param name="privateKey">The private scalar.</param>
    /// <param name="keys">The pair when everything is well.</param>
    /// <param name="problem">Otherwise one sentence that says what is wrong; it never repeats a key.</param>
    public static bool TryImport(
        string? publicKey,
        string? privateKey,
        [NotNullWhen(true)] out VapidKeys? keys,
        [NotNullWhen(false)] out string? problem
    )
    {
        keys = null;
        if (!Base64Text.TryDecode(publicKey, P256.PointLength, out var point))
        {
            problem = "The VAPID public key must be 65 bytes in base64url.";
        }
        else if (TryImport(privateKey, out keys, out problem) && keys.PublicKey != Base64Url.EncodeToString(point))
        {
            (keys, problem) = (null, "The VAPID public key does not belong to the private key.");
        }

        return keys is not null;
    }

    /// <summary>Takes the private half of a pair in the usual text form, 32 bytes in base64url, and computes the public one.</summary>
    /// <inheritdoc cref="TryImport(string?, string?, out VapidKeys?, out string?)"/>
    public static bool TryImport(string? privateKey, [NotNullWhen(true)] out VapidKeys? keys, [NotNullWhen(false)] out string? problem)
    {
        keys = null;
        problem = null;
        if (!Base64Text.TryDecode(privateKey, P256.CoordinateLength, out var scalar))
        {
            problem = "The VAPID private key must be 32 bytes in base64url.";
        }
        else if (!TryFromScalar(scalar, out keys))
        {
            problem = "The VAPID private key is not a key on the curve P-256.";
        }

        return keys is not null;
    }

    /// <summary>Takes the private scalar, 32 bytes big-endian, and computes the public key.</summary>
    /// <exception cref="CryptographicException">It is not 32 bytes, or not between 1 and the order of the curve.</exception>
    public static VapidKeys FromPrivateKey(ReadOnlySpan<byte> d32)
    {
        if (d32.Length != P256.CoordinateLength)
        {
            throw new CryptographicException($"A P-256 private key has {P256.CoordinateLength} bytes, not {d32.Length}.");
        }

        var scalar = d32.ToArray();
        using var key = ECDsa.Create(new ECParameters { Curve = P256.Curve, D = scalar });
        return new VapidKeys(scalar, key.ExportParameters(includePrivateParameters: false).Q);
    }

    /// <summary>A copy of the private scalar, 32 bytes; seal it before storing.</summary>
    public byte[] ExportPrivateKey() => [.. privateKey];

    /// <summary>ES256: the 64 bytes r || s that a JWT carries (RFC 7518 §3.4).</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        // ECDsa instances are not thread-safe and tokens are signed rarely: one for each signature.
        using var key = ECDsa.Create(new ECParameters { Curve = P256.Curve, D = privateKey });
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool TryFromScalar(byte[] scalar, [NotNullWhen(true)] out VapidKeys? keys)
    {
        try
        {
            keys = FromPrivateKey(scalar);
        }
        catch (CryptographicException)
        {
            keys = null;
        }

        return keys is not null;
    }
}
