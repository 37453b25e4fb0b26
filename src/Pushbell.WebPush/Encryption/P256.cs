using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>The one curve of web push, and its points in the uncompressed form of SEC 1 §2.3.3 that all the RFCs use.</summary>
internal static class P256
{
    public const int CoordinateLength = 32;
    public const int PointLength = 1 + (2 * CoordinateLength);
    private const byte Uncompressed = 0x04;

    public static ECCurve Curve => ECCurve.NamedCurves.nistP256;

    /// <summary>n, the number of points, big-endian (FIPS 186-4 §D.1.2.3).</summary>
    private static ReadOnlySpan<byte> Order =>
        [
            0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ];

    /// <summary>Whether 32 bytes are a private key, 0 &lt; scalar &lt; n, in a time that says nothing about them.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> scalar)
    {
        var (bits, borrow) = (0, 0);
        for (var i = CoordinateLength - 1; i >= 0; i--)
        {
            bits |= scalar[i];
            borrow = (scalar[i] - Order[i] - borrow) >>> 31;
        }

        return (bits != 0) & (borrow == 1);
    }

    /// <summary>The length and the form; whether it is on the curve is another question.</summary>
    public static bool IsUncompressed(ReadOnlySpan<byte> point) => point.Length == PointLength && point[0] == Uncompressed;

    /// <summary>The length, the form, and y² = x³ − 3x + b: an invalid point would let its sender learn about our keys.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (!IsUncompressed(point))
        {
            return false;
        }

        try
        {
            using var _ = ImportPublic(point);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public static ECDiffieHellman ImportPublic(ReadOnlySpan<byte> point) =>
        ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = Curve,
                Q = new ECPoint
                {
                    X = point.Slice(1, CoordinateLength).ToArray(),
                    Y = point.Slice(1 + CoordinateLength, CoordinateLength).ToArray(),
                },
            }
        );

    public static void WritePoint(ECPoint point, Span<byte> destination)
    {
        destination[0] = Uncompressed;
        point.X.CopyTo(destination[1..]);
        point.Y.CopyTo(destination[(1 + CoordinateLength)..]);
    }
}
