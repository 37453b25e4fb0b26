using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

public sealed class PrimitivesChoiceTests
{
    [Theory]
    [InlineData(EncryptionPath.Automatic, "libcrypto (OpenSSL 3.")]
    [InlineData(EncryptionPath.Libcrypto, "libcrypto (OpenSSL 3.")]
    [InlineData(EncryptionPath.Bcl, ".NET")]
    public void EncryptedBy_EachPath_NamesWhoComputes(EncryptionPath path, string expected)
    {
        using var client = new PushClient(new PushClientOptions { Encryption = path }, TimeProvider.System);

        client.EncryptedBy.ShouldStartWith(expected);
    }

    [Fact]
    public void Choose_LibraryNotThere_FallsBackAndSaysWhy() =>
        FallsBackBecause(Load("libpushbell-has-no-such.so.3"), "libpushbell-has-no-such.so.3 cannot be loaded");

    [Fact]
    public void Choose_LibraryWithoutTheFunctions_FallsBackAndSaysWhy() => FallsBackBecause(Load("libc.so.6"), "ERR_clear_error");

    [Fact]
    public void Choose_WrongResults_FallsBackAndSaysWhy() =>
        FallsBackBecause(PrimitivesChoice.Check(static () => new WrongHmac()), "does not give the example of RFC 8291");

    [Fact]
    public void Choose_PrimitivesThatFail_FallsBackAndSaysWhy() =>
        FallsBackBecause(PrimitivesChoice.Check(static () => throw new CryptographicException("no memory")), "no memory");

    [Fact]
    public void Check_RightResults_IsTaken()
    {
        var bcl = new BclPrimitives();

        PrimitivesChoice.Check(() => bcl).Choose(EncryptionPath.Automatic).ShouldBeSameAs(bcl);
    }

    private static PrimitivesChoice Load(string library) =>
        PrimitivesChoice.Check(() => new LibcryptoPrimitives(new LibcryptoFunctions(library)));

    private static void FallsBackBecause(PrimitivesChoice choice, string problem)
    {
        using var browser = new Browser();
        var encryptor = new MessageEncryptor(choice.Choose(EncryptionPath.Automatic));
        var record = new byte[MessageEncryptor.MaxRecordLength];

        var length = encryptor.Encrypt(browser.Subscribe(), "still sent"u8, 0, record);

        browser.Decrypt(record.AsSpan(0, length)).Payload.ShouldBe("still sent"u8.ToArray());
        encryptor.Name.ShouldStartWith(".NET (");
        encryptor.Name.ShouldContain(problem);
        Should.Throw<PlatformNotSupportedException>(() => choice.Choose(EncryptionPath.Libcrypto)).Message.ShouldContain(problem);
    }

    /// <summary>Wrong in one bit.</summary>
    private sealed class WrongHmac() : AlteredPrimitives(new BclPrimitives())
    {
        public override void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
        {
            base.Hmac(key, data, mac);
            mac[31] ^= 1;
        }
    }
}
