using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pushbell.WebPush.Tests.Encryption;

public sealed class MessageEncryptorTests
{
    /// <summary>RFC 8291 §5 and Appendix A.</summary>
    [Fact]
    public void Encrypt_ExampleOfRfc8291_GivesItsRecord()
    {
        using var browser = new Browser("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "BTBZMqHH6r4Tts7J_aSIgg");
        using var sender = Browser.Import("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        var payload = "When I grow up, I want to be a watermelon"u8;
        var record = new byte[MessageEncryptor.RecordLength(payload.Length, padTo: 0)];

        var length = MessageEncryptor.Encrypt(
            browser.Subscribe(),
            payload,
            0,
            record,
            sender,
            Base64Url.DecodeFromChars("DGv6ra1nlYgDCS1FRnbzlw")
        );

        length.ShouldBe(record.Length);
        Base64Url
            .EncodeToString(record)
            .ShouldBe(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95b"
                    + "Qpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
            );
    }

    [Fact]
    public void Encrypt_AnyPayloadAndPadding_IsReadBackFromOneRecord()
    {
        using var browser = new Browser();
        var subscription = browser.Subscribe();
        Prop.ForAll(
                Payloads(),
                Gen.Choose(0, PushMessage.MaxPadding).ToArbitrary(),
                (payload, padTo) =>
                {
                    var record = new byte[MessageEncryptor.MaxRecordLength];
                    record.AsSpan().Fill(0xFF);
                    var length = MessageEncryptor.Encrypt(subscription, payload, padTo, record);

                    length.ShouldBe(MessageEncryptor.RecordLength(payload.Length, padTo));
                    length.ShouldBeLessThanOrEqualTo(4096);
                    var read = browser.Decrypt(record.AsSpan(0, length));
                    read.Payload.ShouldBe(payload);
                    read.Delimiter.ShouldBe((byte)2);
                    read.RecordSize.ShouldBe(4096);
                    read.Padding.ShouldBe(Math.Max(0, padTo - payload.Length));
                    record.AsSpan(length).ContainsAnyExcept((byte)0xFF).ShouldBeFalse("nothing is written behind the record");
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encrypt_PayloadsUpToThePadding_CannotBeToldApartByLength()
    {
        Prop.ForAll(
                Gen.Choose(0, 1024).ToArbitrary(),
                length => MessageEncryptor.RecordLength(length, padTo: 1024) == MessageEncryptor.RecordLength(1024, padTo: 0)
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encrypt_SameMessageTwice_UsesAnotherKeyAndSalt()
    {
        using var browser = new Browser();
        var first = browser.Decrypt(Encrypt(browser, "same"u8));
        var second = browser.Decrypt(Encrypt(browser, "same"u8));

        second.Payload.ShouldBe(first.Payload);
        second.Salt.ShouldNotBe(first.Salt);
        second.Sender.ShouldNotBe(first.Sender);
    }

    [Fact]
    public void Encrypt_LargestPayload_FillsTheRecordExactly()
    {
        using var browser = new Browser();
        var payload = Encoding.ASCII.GetBytes(new string('x', PushMessage.MaxPayloadLength));

        var record = Encrypt(browser, payload);

        record.Length.ShouldBe(4096);
        browser.Decrypt(record).Payload.ShouldBe(payload);
    }

    [Fact]
    public void RecordLength_PayloadTooLong_NamesTheExcess() =>
        Should.Throw<ArgumentException>(() => MessageEncryptor.RecordLength(4000, padTo: 0)).Message.ShouldContain("7 bytes over the 3993");

    [Fact]
    public void Encrypt_KeyNotOnTheCurve_Throws()
    {
        using var browser = new Browser();
        browser.P256dh[64] ^= 1;
        var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), browser.P256dh, browser.Auth);

        Should.Throw<CryptographicException>(() => MessageEncryptor.Encrypt(subscription, "x"u8, 0, new byte[4096]));
    }

    private static byte[] Encrypt(Browser browser, ReadOnlySpan<byte> payload)
    {
        var record = new byte[MessageEncryptor.RecordLength(payload.Length, padTo: 0)];
        MessageEncryptor.Encrypt(browser.Subscribe(), payload, 0, record);
        return record;
    }

    private static Arbitrary<byte[]> Payloads() =>
        Gen.Choose(0, PushMessage.MaxPayloadLength).SelectMany(length => ArbMap.Default.GeneratorFor<byte>().ArrayOf(length)).ToArbitrary();
}
