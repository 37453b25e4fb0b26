using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>The message of RFC 8291 §5, keys and salt as Appendix A gives them: whoever does not produce it must not encrypt.</summary>
internal static class ExampleOfRfc8291
{
    private const string BrowserPoint = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string BrowserAuth = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string SenderScalar = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";

    private const string Record =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95b"
        + "Qpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    private static ReadOnlySpan<byte> Payload => "When I grow up, I want to be a watermelon"u8;

    /// <summary>Whether these primitives give the example's record, byte for byte.</summary>
    /// <exception cref="CryptographicException">They failed altogether.</exception>
    public static bool IsGivenBy(IPrimitives primitives)
    {
        var subscription = PushSubscription.FromValidated(
            new Uri("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
            Base64Url.DecodeFromChars(BrowserPoint),
            Base64Url.DecodeFromChars(BrowserAuth)
        );
        var record = new byte[MessageEncryptor.RecordLength(Payload.Length, padTo: 0)];
        new MessageEncryptor(primitives).Encrypt(
            subscription,
            Payload,
            0,
            record,
            Base64Url.DecodeFromChars(SenderScalar),
            Base64Url.DecodeFromChars(Salt)
        );
        return Base64Url.EncodeToString(record) == Record;
    }
}
