using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.Tests.Sending;

namespace Pushbell.LocalPushService.Tests.Crypto;

public sealed class MessageDecryptionTests
{
    private readonly ReceiverKeys keys = ReceiverKeys.Generate();

    [Fact]
    public void Decrypt_ExampleOfRfc8291_IsItsPlaintext()
    {
        // RFC 8291 §5 and appendix A.
        var receiver = new ReceiverKeys(
            Base64Url.DecodeFromChars("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Base64Url.DecodeFromChars("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
            Base64Url.DecodeFromChars("BTBZMqHH6r4Tts7J_aSIgg"));
        var body = Base64Url.DecodeFromChars(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");

        Encoding.UTF8.GetString(MessageDecryption.Decrypt(body, receiver)).ShouldBe("When I grow up, I want to be a watermelon");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3993, 0)]
    [InlineData(300, 1700)]
    public void Decrypt_AnyLengthAndPadding_IsThePlaintext(int length, int padding)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);

        var body = Encryption.Encrypt(plaintext, keys.P256dh, keys.Auth, padding);

        MessageDecryption.Decrypt(body, keys).ShouldBe(plaintext);
    }

    [Fact]
    public void Decrypt_PlaintextEndingInZeros_KeepsThem()
    {
        var body = Encryption.Encrypt([7, 0, 0], keys.P256dh, keys.Auth, padding: 5);

        MessageDecryption.Decrypt(body, keys).ShouldBe([7, 0, 0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(90)]
    [InlineData(-1)]
    public void Decrypt_OneBitChanged_IsRefused(int position)
    {
        var body = Encryption.Encrypt("hello"u8.ToArray(), keys.P256dh, keys.Auth);
        body[position < 0 ? ^-position : position] ^= 1;

        Should.Throw<CryptographicException>(() => MessageDecryption.Decrypt(body, keys));
    }

    [Fact]
    public void Decrypt_ForAnotherReceiver_IsRefused()
    {
        var body = Encryption.Encrypt("hello"u8.ToArray(), keys.P256dh, keys.Auth);

        Should.Throw<CryptographicException>(() => MessageDecryption.Decrypt(body, ReceiverKeys.Generate()));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(18)]
    public void Decrypt_RecordSizeNotAboveTheRecord_IsRefused(int recordSize)
    {
        // RFC 8291 §4: the record of five bytes, delimiter and tag has 22.
        var body = Encryption.Encrypt("hello"u8.ToArray(), keys.P256dh, keys.Auth, recordSize: recordSize);

        Should.Throw<CryptographicException>(() => MessageDecryption.Decrypt(body, keys));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86)]
    [InlineData(102)]
    public void Decrypt_CutShort_IsRefused(int length)
    {
        var body = Encryption.Encrypt("hello"u8.ToArray(), keys.P256dh, keys.Auth);

        Should.Throw<CryptographicException>(() => MessageDecryption.Decrypt(body.AsSpan(0, length), keys));
    }
}
