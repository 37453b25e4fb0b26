using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Vapid;

public sealed class VapidKeysTests
{
    // The key pair of RFC 8291 Appendix A, which serves as well as any.
    private const string PrivateKey = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string PublicKey = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

    [Fact]
    public void FromPrivateKey_KnownPair_HasItsPublicKey()
    {
        var keys = VapidKeys.FromPrivateKey(Base64Url.DecodeFromChars(PrivateKey));

        keys.PublicKey.ShouldBe(PublicKey);
        Base64Url.EncodeToString(keys.ExportPrivateKey()).ShouldBe(PrivateKey);
    }

    [Fact]
    public void Generate_ExportAndImport_IsTheSamePair()
    {
        var keys = VapidKeys.Generate();
        var privateKey = Convert.ToBase64String(keys.ExportPrivateKey());

        VapidKeys.TryImport(keys.PublicKey, privateKey, out var imported, out var problem).ShouldBeTrue(problem);

        imported!.PublicKey.ShouldBe(keys.PublicKey);
        VapidKeys.Generate().PublicKey.ShouldNotBe(keys.PublicKey);
    }

    [Fact]
    public void ExportPrivateKey_ChangedByTheCaller_ChangesNothingHere()
    {
        var keys = VapidKeys.FromPrivateKey(Base64Url.DecodeFromChars(PrivateKey));

        keys.ExportPrivateKey().AsSpan().Clear();

        Base64Url.EncodeToString(keys.ExportPrivateKey()).ShouldBe(PrivateKey);
    }

    [Theory]
    [InlineData(null, PrivateKey, "public key must be 65 bytes")]
    [InlineData("BP4z", PrivateKey, "public key must be 65 bytes")]
    [InlineData(PublicKey, null, "private key must be 32 bytes")]
    [InlineData(PublicKey, "yfWPiYE", "private key must be 32 bytes")]
    [InlineData(PublicKey, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not a key on the curve")]
    [InlineData(PublicKey, "__________________________________________8", "not a key on the curve")]
    [InlineData("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", PrivateKey, "does not belong")]
    public void TryImport_BadPair_SaysWhatIsWrong(string? publicKey, string? privateKey, string problemPart)
    {
        VapidKeys.TryImport(publicKey, privateKey, out var keys, out var problem).ShouldBeFalse();

        keys.ShouldBeNull();
        problem!.ShouldContain(problemPart);
        problem!.ShouldNotContain(privateKey ?? PrivateKey);
    }

    [Fact]
    public void TryImport_PrivateHalfAlone_ComputesThePublicOne()
    {
        VapidKeys.TryImport(PrivateKey, out var keys, out var problem).ShouldBeTrue(problem);

        keys!.PublicKey.ShouldBe(PublicKey);
    }

    [Theory]
    [InlineData(null, "must be 32 bytes")]
    [InlineData("yfWPiYE", "must be 32 bytes")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not a key on the curve")]
    public void TryImport_BadPrivateHalf_SaysWhatIsWrong(string? privateKey, string problemPart)
    {
        VapidKeys.TryImport(privateKey, out var keys, out var problem).ShouldBeFalse();

        keys.ShouldBeNull();
        problem!.ShouldContain(problemPart);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void FromPrivateKey_AnotherLength_Throws(int length) =>
        Should.Throw<CryptographicException>(() => VapidKeys.FromPrivateKey(new byte[length]));
}
