using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>The one curve of web push, and its points in the uncompressed form of SEC 1 §2.3.3 that all the RFCs use.</summary>
internal static class P256
{
    public const int CoordinateLength = 32;
    public const int PointLength = 1 + (2 * CoordinateLength);
    private const byte Uncompressed = 0x04;

    public static ECCurve Curve => ECCurve.NamedCurves.nistP256;

    /// <summary>The length, the form, and y² = x³ − 3x + b: an invalid point would let its sender learn about our keys.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointLength || point[0] != Uncompressed)
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
