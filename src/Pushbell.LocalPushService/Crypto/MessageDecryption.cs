using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pushbell.LocalPushService.Crypto;

/// <summary>The receiving half of RFC 8291: one aes128gcm record (RFC 8188) back to its plaintext.</summary>
internal static class MessageDecryption
{
    private const int SaltLength = 16;
    private const int RecordSizeLength = 4;
    private const int HeaderLength = SaltLength + RecordSizeLength + 1 + P256.PublicKeyLength;
    private const int TagLength = 16;
    private const byte LastRecord = 0x02;

    /// <exception cref="CryptographicException">The body breaks RFC 8188 or 8291, or was not meant for these keys.</exception>
    public static byte[] Decrypt(ReadOnlySpan<byte> body, ReceiverKeys keys)
    {
        // RFC 8291 §4: the key identifier of the header is the sender's public key.
        if (body.Length < HeaderLength + TagLength + 1 || body[SaltLength + RecordSizeLength] != P256.PublicKeyLength)
            throw new CryptographicException("The body does not start with an aes128gcm header that carries a public key.");

        var salt = body[..SaltLength].ToArray();
        var recordSize = BinaryPrimitives.ReadUInt32BigEndian(body[SaltLength..]);
        var senderKey = body[(HeaderLength - P256.PublicKeyLength)..HeaderLength];
        var record = body[HeaderLength..];

        // RFC 8291 §4: a push message is a single record, and the announced size is larger than it.
        if (record.Length >= recordSize)
            throw new CryptographicException("The record is not smaller than the announced record size.");

        var padded = Open(record, salt, InputKeyingMaterial(keys, senderKey));
        return Unpad(padded);
    }

    /// <summary>RFC 8291 §3.3 and §3.4.</summary>
    private static byte[] InputKeyingMaterial(ReceiverKeys keys, ReadOnlySpan<byte> senderKey)
    {
        byte[] info = [.. "WebPush: info\0"u8, .. keys.PublicKey, .. senderKey];
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Agree(senderKey), 32, keys.AuthenticationSecret, info);
    }

    /// <summary>RFC 8188 §2.2 and §2.3; the sequence number of the only record is 0 and leaves the nonce as derived.</summary>
    private static byte[] Open(ReadOnlySpan<byte> record, byte[] salt, byte[] inputKeyingMaterial)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKeyingMaterial, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKeyingMaterial, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());

        var padded = new byte[record.Length - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(nonce, record[..^TagLength], record[^TagLength..], padded);
        return padded;
    }

    /// <summary>RFC 8188 §2: the delimiter of the last record is 2, zeros follow it.</summary>
    private static byte[] Unpad(ReadOnlySpan<byte> padded)
    {
        var end = padded.LastIndexOfAnyExcept((byte)0);
        if (end < 0 || padded[end] != LastRecord)
            throw new CryptographicException("The record has no padding delimiter of a last record.");

        return padded[..end].ToArray();
    }
}
