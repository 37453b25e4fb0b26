using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests;

/// <summary>A browser's side of a subscription, private key included.</summary>
internal sealed class Browser : IDisposable
{
    private readonly ECDiffieHellman key;

    public Browser()
        : this(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), RandomNumberGenerator.GetBytes(16)) { }

    public Browser(string privateKey, string auth)
        : this(Import(privateKey), Base64Url.DecodeFromChars(auth)) { }

    private Browser(ECDiffieHellman key, byte[] auth)
    {
        this.key = key;
        Auth = auth;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        P256dh = [4, .. point.X!, .. point.Y!];
    }

    public byte[] P256dh { get; }

    public byte[] Auth { get; }

    public string PrivateKey => Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: true).D);

    public PushSubscription Subscribe(string endpoint = "https://push.example.net/push/1")
    {
        PushSubscription
            .TryCreate(endpoint, Base64Url.EncodeToString(P256dh), Base64Url.EncodeToString(Auth), out var subscription, out var problem)
            .ShouldBeTrue(problem);
        return subscription!;
    }

    /// <summary>Reads a record with nothing of the library: RFC 8188 §2 and RFC 8291 §3.4 on plain HMAC.</summary>
    public DecryptedRecord Decrypt(ReadOnlySpan<byte> record)
    {
        var salt = record[..16].ToArray();
        var recordSize = (record[16] << 24) | (record[17] << 16) | (record[18] << 8) | record[19];
        var keyLength = record[20];
        var sender = record.Slice(21, keyLength).ToArray();
        using var peer = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = sender[1..33], Y = sender[33..65] },
            }
        );
        var combined = HMACSHA256.HashData(Auth, key.DeriveRawSecretAgreement(peer.PublicKey));
        var inputKey = Expand(combined, "WebPush: info\0"u8, [.. P256dh, .. sender]);
        var pseudoRandom = HMACSHA256.HashData(salt, inputKey);
        var contentKey = Expand(pseudoRandom, "Content-Encoding: aes128gcm\0"u8, [])[..16];
        var nonce = Expand(pseudoRandom, "Content-Encoding: nonce\0"u8, [])[..12];

        var ciphertext = record[(21 + keyLength)..];
        var plaintext = new byte[ciphertext.Length - 16];
        using var aes = new AesGcm(contentKey, 16);
        aes.Decrypt(nonce, ciphertext[..^16], ciphertext[^16..], plaintext);
        var end = Array.FindLastIndex(plaintext, value => value != 0);
        return new DecryptedRecord(plaintext[..end], plaintext[end], plaintext.Length - end - 1, recordSize, salt, sender);
    }

    public void Dispose() => key.Dispose();

    public static ECDiffieHellman Import(string privateKey) =>
        ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(privateKey) });

    /// <summary>HKDF-Expand for outputs of one block (RFC 5869 §2.3).</summary>
    private static byte[] Expand(byte[] key, ReadOnlySpan<byte> label, byte[] context)
    {
        byte[] info = [.. label, .. context, 1];
        return HMACSHA256.HashData(key, info);
    }
}

internal sealed record DecryptedRecord(byte[] Payload, byte Delimiter, int Padding, int RecordSize, byte[] Salt, byte[] Sender);
