using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>The same private key, salt and payload give the same record on both paths.</summary>
public sealed class DifferentialTests
{
    private const int Pairs = 2_000;
    private const int MessagesPerPair = 50;

    [Fact]
    public void Encrypt_HundredThousandMessages_AreTheSameOnBothPaths()
    {
        var (random, bcl) = (new Random(8291), new BclPrimitives());
        var libcrypto = new MessageEncryptor(PrimitivesChoice.For(EncryptionPath.Libcrypto));
        var payload = new byte[PushMessage.MaxPayloadLength];
        byte[] expected = new byte[4096], actual = new byte[4096];
        var (compared, length) = (0, 0);
        for (var pair = 0; pair < Pairs; pair++)
        {
            using var browser = new Browser();
            using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var scalar = sender.ExportParameters(includePrivateParameters: true).D!;
            var reference = new MessageEncryptor(new KnownAgreement(bcl, scalar, browser.P256dh));
            for (var i = 0; i < MessagesPerPair; i++)
            {
                // The secret takes no part in the agreement, so it changes with every message.
                random.NextBytes(browser.Auth);
                var salt = RandomNumberGenerator.GetBytes(16);
                var message = payload.AsSpan(0, random.Next(payload.Length + 1));
                random.NextBytes(message);
                var padTo = random.Next(3) == 0 ? random.Next(PushMessage.MaxPadding + 1) : 0;
                var subscription = PushSubscription.FromValidated(new Uri("https://push.example.net/1"), browser.P256dh, browser.Auth);

                length = reference.Encrypt(subscription, message, padTo, expected, scalar, salt);
                libcrypto.Encrypt(subscription, message, padTo, actual, scalar, salt).ShouldBe(length);

                if (!actual.AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length)))
                {
                    Assert.Fail(
                        $"browser {browser.PrivateKey}, sender {Base64Url.EncodeToString(scalar)}, auth {Base64Url.EncodeToString(browser.Auth)}, "
                            + $"salt {Base64Url.EncodeToString(salt)}, {message.Length} bytes, padded to {padTo}"
                    );
                }

                compared++;
            }

            // And the browser reads the last of them.
            var read = browser.Decrypt(actual.AsSpan(0, length)).Payload;
            read.ShouldBe(payload[..read.Length]);
        }

        compared.ShouldBe(100_000);
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
