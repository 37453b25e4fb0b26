using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

public sealed class PrimitivesTests
{
    private static readonly LibcryptoFunctions Functions = new(LibcryptoFunctions.SystemLibrary);
    private readonly LibcryptoPrimitives libcrypto = new(Functions);

    [Fact]
    public void Hmac_EveryKeyLength_IsTheBcls()
    {
        Span<byte> mac = stackalloc byte[32];
        for (var keyLength = 0; keyLength <= 64; keyLength++)
        {
            var (key, data) = (RandomNumberGenerator.GetBytes(keyLength), RandomNumberGenerator.GetBytes(3 * keyLength));

            libcrypto.Hmac(key, data, mac);

            mac.SequenceEqual(HMACSHA256.HashData(key, data)).ShouldBeTrue($"a key of {keyLength} bytes");
        }
    }

    [Fact]
    public void Hmac_KeyOfMoreThanABlock_Throws() =>
        Should.Throw<Exception>(() => libcrypto.Hmac(new byte[65], [], new byte[32])).ShouldBeOfType<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550", true)]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", false)]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632552", false)]
    [InlineData("FFFFFFFF00000001000000000000000000000000000000000000000000000000", false)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", false)]
    public void IsScalar_AroundItsLimits_IsRight(string scalar, bool expected) => P256.IsScalar(Convert.FromHexString(scalar)).ShouldBe(expected);

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000002")]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550")]
    public void Agree_ScalarAtTheEdge_IsTheBcls(string hex)
    {
        using var browser = new Browser();
        var scalar = Convert.FromHexString(hex);
        byte[] point = new byte[65], secret = new byte[32], expectedPoint = new byte[65], expectedSecret = new byte[32];

        libcrypto.Agree(scalar, browser.P256dh, point, secret);
        new BclPrimitives().Agree(scalar, browser.P256dh, expectedPoint, expectedSecret);

        point.ShouldBe(expectedPoint);
        secret.ShouldBe(expectedSecret);
    }

    [Fact]
    public void Workplace_ThreadEnded_IsCollected()
    {
        WeakReference? workplace = null;
        var thread = new Thread(() =>
        {
            libcrypto.Hmac(new byte[16], new byte[32], new byte[32]);
            libcrypto.FillSalt(new byte[16]);
            workplace = new WeakReference(Workplace.Of(Functions));
        });
        thread.Start();
        thread.Join();

        for (var i = 0; i < 10 && workplace!.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        workplace!.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void Workplace_SameThread_IsKept() => Workplace.Of(Functions).ShouldBeSameAs(Workplace.Of(Functions));
}
