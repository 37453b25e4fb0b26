using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pushbell.WebPush.Tests.Encryption;

public sealed class MessageEncryptorTests
{
    private const int Messages = 500;

    public static TheoryData<EncryptionPath> Paths => new(EncryptionPath.Bcl, EncryptionPath.Libcrypto);

    /// <summary>RFC 8291 §5 and Appendix A.</summary>
    [Theory, MemberData(nameof(Paths))]
    public void Encrypt_ExampleOfRfc8291_GivesItsRecord(EncryptionPath path)
    {
        using var browser = new Browser("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "BTBZMqHH6r4Tts7J_aSIgg");
        var payload = "When I grow up, I want to be a watermelon"u8;
        var record = new byte[MessageEncryptor.RecordLength(payload.Length, padTo: 0)];

        var length = Encryptor(path).Encrypt(
            browser.Subscribe(),
            payload,
            0,
            record,
            Base64Url.DecodeFromChars("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
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

    [Theory, MemberData(nameof(Paths))]
    public void Encrypt_AnyPayloadAndPadding_IsReadBackFromOneRecord(EncryptionPath path)
    {
        using var browser = new Browser();
        var (subscription, encryptor) = (browser.Subscribe(), Encryptor(path));
        Prop.ForAll(
                Payloads(),
                Gen.Choose(0, PushMessage.MaxPadding).ToArbitrary(),
                (payload, padTo) =>
                {
                    var record = new byte[MessageEncryptor.MaxRecordLength];
                    record.AsSpan().Fill(0xFF);
                    var length = encryptor.Encrypt(subscription, payload, padTo, record);

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

    [Theory, MemberData(nameof(Paths))]
    public void Encrypt_SameMessageAgainAndAgain_NeverUsesAKeyOrSaltTwice(EncryptionPath path)
    {
        using var browser = new Browser();
        var subscription = browser.Subscribe();
        var encryptor = Encryptor(path);
        var record = new byte[MessageEncryptor.RecordLength(4, padTo: 0)];
        var (salts, senders) = (new HashSet<string>(), new HashSet<string>());

        // More than are drawn at once.
        for (var i = 0; i < Messages; i++)
        {
            encryptor.Encrypt(subscription, "same"u8, 0, record);
            salts.Add(Convert.ToHexString(record, 0, 16));
            senders.Add(Convert.ToHexString(record, 21, 65));
        }

        salts.Count.ShouldBe(Messages);
        senders.Count.ShouldBe(Messages);
    }

    [Theory, MemberData(nameof(Paths))]
    public void Encrypt_LargestPayload_FillsTheRecordExactly(EncryptionPath path)
    {
        using var browser = new Browser();
        var payload = Encoding.ASCII.GetBytes(new string('x', PushMessage.MaxPayloadLength));

        var record = Encrypt(path, browser, payload);

        record.Length.ShouldBe(4096);
        browser.Decrypt(record).Payload.ShouldBe(payload);
    }

    [Fact]
    public void RecordLength_PayloadTooLong_NamesTheExcess() =>
        Should.Throw<ArgumentException>(() => MessageEncryptor.RecordLength(4000, padTo: 0)).Message.ShouldContain("7 bytes over the 3993");

    private static MessageEncryptor Encryptor(EncryptionPath path) => new(PrimitivesChoice.For(path));

    private static byte[] Encrypt(EncryptionPath path, Browser browser, ReadOnlySpan<byte> payload)
    {
        var record = new byte[MessageEncryptor.RecordLength(payload.Length, padTo: 0)];
        Encryptor(path).Encrypt(browser.Subscribe(), payload, 0, record);
        return record;
    }

    private static Arbitrary<byte[]> Payloads() =>
        Gen.Choose(0, PushMessage.MaxPayloadLength).SelectMany(length => ArbMap.Default.GeneratorFor<byte>().ArrayOf(length)).ToArbitrary();
}
