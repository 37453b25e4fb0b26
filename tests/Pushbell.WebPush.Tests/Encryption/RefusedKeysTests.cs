using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>Keys that no browser has, from a storage that was never checked: refused by each path in the same way.</summary>
public sealed unsafe class RefusedKeysTests
{
    private static readonly BigInteger Prime = Number("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger B = Number("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    public static TheoryData<EncryptionPath, string, byte[]> Points
    {
        get
        {
            var data = new TheoryData<EncryptionPath, string, byte[]>();
            foreach (var path in new[] { EncryptionPath.Bcl, EncryptionPath.Libcrypto })
            {
                foreach (var (what, point) in NoPoints())
                {
                    data.Add(path, what, point);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Points))]
    public void Encrypt_NoPointOfTheCurve_Throws(EncryptionPath path, string what, byte[] point)
    {
        var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), point, new byte[16]);

        Should.Throw<CryptographicException>(
            () => new MessageEncryptor(PrimitivesChoice.For(path)).Encrypt(subscription, "x"u8, 0, new byte[4096]),
            what
        );
    }

    [Theory]
    [InlineData(EncryptionPath.Bcl, 0)]
    [InlineData(EncryptionPath.Bcl, 15)]
    [InlineData(EncryptionPath.Bcl, 100)]
    [InlineData(EncryptionPath.Libcrypto, 0)]
    [InlineData(EncryptionPath.Libcrypto, 15)]
    [InlineData(EncryptionPath.Libcrypto, 100)]
    public void Encrypt_SecretOfAnotherLength_Throws(EncryptionPath path, int length)
    {
        using var browser = new Browser();
        var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), browser.P256dh, new byte[length]);

        Should.Throw<CryptographicException>(
            () => new MessageEncryptor(PrimitivesChoice.For(path)).Encrypt(subscription, "x"u8, 0, new byte[4096])
        );
    }

    [Theory]
    [InlineData(EncryptionPath.Bcl)]
    [InlineData(EncryptionPath.Libcrypto)]
    public void Encrypt_PointsAtTheEdge_AreTaken(EncryptionPath path)
    {
        // x = 0 is on the curve, since b has a root; so is the generator, whose multiples the library has tables of.
        byte[] zero = [4, .. Bytes(0), .. Bytes(Root(B))];
        byte[] generator = Convert.FromHexString(
            "046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C2964FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
        );

        foreach (var point in new[] { zero, generator })
        {
            var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), point, new byte[16]);
            new MessageEncryptor(PrimitivesChoice.For(path)).Encrypt(subscription, "x"u8, 0, new byte[4096]).ShouldBe(104);
        }
    }

    /// <summary>An error left on the thread's queue would be reported by whoever looks there next, .NET's own classes for one.</summary>
    [Fact]
    public void Agree_PointRefused_LeavesNoErrorBehind()
    {
        var library = NativeLibrary.Load(LibcryptoFunctions.SystemLibrary);
        var peekError = (delegate* unmanaged<nuint>)NativeLibrary.GetExport(library, "ERR_peek_error");
        var primitives = new LibcryptoPrimitives(new LibcryptoFunctions(LibcryptoFunctions.SystemLibrary));

        Should.Throw<CryptographicException>(() => primitives.Agree(NoPoints().First().Point, new byte[65], new byte[32]));

        peekError().ShouldBe((nuint)0);
    }

    private static IEnumerable<(string What, byte[] Point)> NoPoints()
    {
        using var browser = new Browser();
        var point = browser.P256dh;
        var (x, y) = (Number(Convert.ToHexString(point, 1, 32)), Number(Convert.ToHexString(point, 33, 32)));
        yield return ("off the curve", [.. point[..64], (byte)(point[64] ^ 1)]);
        yield return ("all zero", new byte[65]);
        yield return ("zero, uncompressed", [4, .. new byte[64]]);
        yield return ("infinity", [0]);
        yield return ("infinity, of full length", [0, .. point[1..]]);
        yield return ("empty", []);
        yield return ("too short", point[..64]);
        yield return ("too long", [.. point, 0]);
        yield return ("compressed", [(byte)(2 + (point[64] & 1)), .. point[1..33]]);
        yield return ("compressed, of full length", [(byte)(2 + (point[64] & 1)), .. point[1..]]);
        yield return ("hybrid", [(byte)(6 + (point[64] & 1)), .. point[1..]]);
        yield return ("y and x exchanged", [4, .. point[33..], .. point[1..33]]);
        yield return ("x = p", [4, .. Bytes(Prime), .. Bytes(Root(B))]);
        yield return ("all ones", [4, .. Enumerable.Repeat((byte)0xFF, 64)]);

        // The same points modulo p, with a coordinate that is not reduced: x = 0 and x = small fit into 32 bytes once more.
        var small = Enumerable.Range(1, 1000).Select(static i => (BigInteger)i).First(static i => IsSquare(Right(i)));
        yield return ("x not reduced", [4, .. Bytes(small + Prime), .. Bytes(Root(Right(small)))]);

        // −1 is no square modulo p, so that −y² = x³ − 3x + b is the quadratic twist.
        var twisted = Enumerable.Range(0, 1000).Select(i => (x + i) % Prime).First(static i => !IsSquare(Right(i)));
        yield return ("on the twist", [4, .. Bytes(twisted), .. Bytes(Root(Prime - Right(twisted)))]);
        yield return ("y negated and one more", [4, .. Bytes(x), .. Bytes(Prime - y + 1)]);
    }

    private static BigInteger Right(BigInteger x) => (((x * x * x) - (3 * x) + B) % Prime + Prime) % Prime;

    private static bool IsSquare(BigInteger value) => BigInteger.ModPow(value, (Prime - 1) / 2, Prime).IsOne;

    // p = 3 modulo 4.
    private static BigInteger Root(BigInteger square) => BigInteger.ModPow(square, (Prime + 1) / 4, Prime);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes.AsSpan(32 - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true).ShouldBeTrue();
        return bytes;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
