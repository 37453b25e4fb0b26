using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>The same private key, salt and payload give the same record on both paths.</summary>
public sealed class DifferentialTests
{
    private const int Pairs = 1_000;
    private const int MessagesPerPair = 100;
    private readonly BclPrimitives bcl = new();
    private readonly MessageEncryptor libcrypto = new(PrimitivesChoice.For(EncryptionPath.Libcrypto));

    [Fact]
    public void Encrypt_HundredThousandMessages_AreTheSameOnBothPaths() =>
        ParallelEnumerable.Range(0, Pairs).WithDegreeOfParallelism(2).Sum(Compare).ShouldBe(100_000);

    /// <returns>The number of messages that were the same.</returns>
    private int Compare(int pair)
    {
        var random = new Random(pair);
        using var browser = new Browser();
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var scalar = sender.ExportParameters(includePrivateParameters: true).D!;
        var reference = new MessageEncryptor(new KnownAgreement(bcl, scalar, browser.P256dh));
        var payload = new byte[PushMessage.MaxPayloadLength];
        byte[] expected = new byte[4096], actual = new byte[4096], salt = new byte[16];
        for (var i = 0; ; i++)
        {
            // The secret and the salt take no part in the agreement, so they change with every message.
            random.NextBytes(browser.Auth);
            random.NextBytes(salt);
            var message = payload.AsSpan(0, random.Next(payload.Length + 1));
            random.NextBytes(message);
            var padTo = random.Next(3) == 0 ? random.Next(PushMessage.MaxPadding + 1) : 0;
            var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), browser.P256dh, browser.Auth);

            var length = reference.Encrypt(subscription, message, padTo, expected, scalar, salt);
            libcrypto.Encrypt(subscription, message, padTo, actual, scalar, salt).ShouldBe(length);

            if (!actual.AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length)))
            {
                Assert.Fail($"browser {browser.PrivateKey}, sender {Base64Url.EncodeToString(scalar)}, seed {pair}, message {i}, padded to {padTo}");
            }

            if (i == MessagesPerPair - 1)
            {
                browser.Decrypt(actual.AsSpan(0, length)).Payload.AsSpan().SequenceEqual(message).ShouldBeTrue("and the browser reads the last of them");
                return MessagesPerPair;
            }
        }
    }

    /// <summary>The BCL's agreement, made once: it takes most of the time, and only depends on the two keys.</summary>
    private sealed class KnownAgreement : AlteredPrimitives
    {
        private readonly byte[] point = new byte[65], secret = new byte[32];

        public KnownAgreement(BclPrimitives bcl, byte[] scalar, byte[] theirPoint)
            : base(bcl) => bcl.Agree(scalar, theirPoint, point, secret);

        public override void Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> agreed)
        {
            point.CopyTo(ourPoint);
            secret.CopyTo(agreed);
        }
    }
}
