using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.LocalPushService.Tests.Sending;

/// <summary>The sending half of RFC 8291.</summary>
internal static class Encryption
{
    /// <summary>One aes128gcm record with this much padding.</summary>
    public static byte[] Encrypt(byte[] plaintext, string p256dh, string auth, int padding = 0, int recordSize = 4096)
    {
        var receiver = Base64Url.DecodeFromChars(p256dh);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(includePrivateParameters: false).Q;
        byte[] sender = [4, .. point.X!, .. point.Y!];

        using var peer = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = receiver[1..33], Y = receiver[33..] },
        });
        var shared = ephemeral.DeriveRawSecretAgreement(peer.PublicKey);
        var material = Derive(shared, 32, Base64Url.DecodeFromChars(auth), [.. "WebPush: info\0"u8, .. receiver, .. sender]);

        var salt = RandomNumberGenerator.GetBytes(16);
        var key = Derive(material, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = Derive(material, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());

        byte[] padded = [.. plaintext, 2, .. new byte[padding]];
        var sealedRecord = new byte[padded.Length];
        var tag = new byte[16];
        using var cipher = new AesGcm(key, tag.Length);
        cipher.Encrypt(nonce, padded, sealedRecord, tag);

        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, recordSize);
        return [.. salt, .. size, (byte)sender.Length, .. sender, .. sealedRecord, .. tag];
    }

    private static byte[] Derive(byte[] material, int length, byte[] salt, byte[] info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, length, salt, info);
}
