using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Sealing;

namespace Pushbell.Dispatch.Tests.Sealing;

public sealed class SealerTests
{
    private static readonly byte[] Secret = "something to hide"u8.ToArray();
    private readonly MasterKey master = new(RandomNumberGenerator.GetBytes(MasterKey.Length));

    [Fact]
    public void Open_SameKeyPurposeAndContext_GivesThePlaintextBack()
    {
        var box = new Sealer(master, "email").Seal(Secret, "1/2");

        new Sealer(master, "email").Open(box, "1/2").ShouldBe(Secret);
        Encoding.Latin1.GetString(box).ShouldNotContain("something");
    }

    [Fact]
    public void Seal_Twice_NeverGivesTheSameBox()
    {
        var sealer = new Sealer(master, "email");

        sealer.Seal(Secret, "1/2").ShouldNotBe(sealer.Seal(Secret, "1/2"));
    }

    [Theory]
    [InlineData("1/3")]
    [InlineData("11/2")]
    [InlineData("")]
    public void Open_OtherContext_IsRefused(string context)
    {
        var sealer = new Sealer(master, "email");
        var box = sealer.Seal(Secret, "1/2");

        Should.Throw<CryptographicException>(() => sealer.Open(box, context));
    }

    [Fact]
    public void Open_OtherMasterKey_IsRefused()
    {
        var box = new Sealer(master, "email").Seal(Secret, "1/2");
        var other = new Sealer(new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Length)), "email");

        Should.Throw<CryptographicException>(() => other.Open(box, "1/2"));
    }

    [Fact]
    public void Open_OtherPurpose_IsRefused()
    {
        var box = new Sealer(master, "email").Seal(Secret, "1/2");

        Should.Throw<CryptographicException>(() => new Sealer(master, "vapid").Open(box, "1/2"));
    }

    [Fact]
    public void Open_AnyByteChangedOrCutOff_IsRefused()
    {
        var sealer = new Sealer(master, "email");
        var box = sealer.Seal(Secret, "1/2");

        for (var at = 0; at < box.Length; at++)
        {
            var damaged = box.ToArray();
            damaged[at] ^= 1;
            Should.Throw<CryptographicException>(() => sealer.Open(damaged, "1/2"));
            Should.Throw<CryptographicException>(() => sealer.Open(box.AsSpan(0, at), "1/2"));
        }
    }
}
