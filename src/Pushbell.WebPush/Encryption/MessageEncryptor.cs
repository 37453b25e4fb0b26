using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Turns a payload into the body of a push request: one <c>aes128gcm</c> record (RFC 8188 §2), keyed by RFC 8291 §3.</summary>
/// <remarks>The record: salt (16) | record size (4) | key length (1) | ephemeral public key (65) | ciphertext | tag (16).</remarks>
internal static class MessageEncryptor
{
    public const int SaltLength = 16;
    public const int MaxRecordLength = 4096;
    private const int TagLength = 16;
    private const int PointOffset = SaltLength + sizeof(int) + 1;
    private const int HeaderLength = PointOffset + P256.PointLength;

    /// <summary>Ends the plaintext of the last record (RFC 8188 §2); what follows it is padding.</summary>
    private const byte LastRecordDelimiter = 0x02;

    /// <summary>The bytes that <see cref="Encrypt(PushSubscription, ReadOnlySpan{byte}, int, Span{byte})"/> writes.</summary>
    /// <exception cref="ArgumentException">The payload does not fit one record; the message names the excess.</exception>
    public static int RecordLength(int payloadLength, int padTo)
    {
        if (payloadLength > PushMessage.MaxPayloadLength)
        {
            var excess = payloadLength - PushMessage.MaxPayloadLength;
            throw new ArgumentException(
                $"The payload is {excess} bytes over the {PushMessage.MaxPayloadLength} that fit one record.",
                nameof(payloadLength)
            );
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(padTo, PushMessage.MaxPadding);
        return HeaderLength + Math.Max(payloadLength, padTo) + sizeof(byte) + TagLength;
    }

    /// <summary>Encrypts with a fresh key and salt.</summary>
    /// <param name="subscription">Whom for.</param>
    /// <param name="payload">At most <see cref="PushMessage.MaxPayloadLength"/> bytes.</param>
    /// <param name="padTo">The length in bytes that a shorter payload is padded to.</param>
    /// <param name="record">Takes the record: at least <see cref="RecordLength"/> bytes.</param>
    /// <returns>The length of the record.</returns>
    public static int Encrypt(PushSubscription subscription, ReadOnlySpan<byte> payload, int padTo, Span<byte> record)
    {
        using var ephemeral = ECDiffieHellman.Create(P256.Curve);
        Span<byte> salt = stackalloc byte[SaltLength];
        RandomNumberGenerator.Fill(salt);
        return Encrypt(subscription, payload, padTo, record, ephemeral, salt);
    }

    /// <summary>The same with a given key and salt, as test vectors have them.</summary>
    internal static int Encrypt(
        PushSubscription subscription,
        ReadOnlySpan<byte> payload,
        int padTo,
        Span<byte> record,
        ECDiffieHellman ephemeral,
        ReadOnlySpan<byte> salt
    )
    {
        record = record[..RecordLength(payload.Length, padTo)];
        salt.CopyTo(record);
        BinaryPrimitives.WriteInt32BigEndian(record[SaltLength..], MaxRecordLength);
        record[PointOffset - 1] = P256.PointLength;
        var ephemeralPoint = record.Slice(PointOffset, P256.PointLength);
        P256.WritePoint(ephemeral.ExportParameters(includePrivateParameters: false).Q, ephemeralPoint);

        var plaintext = record[HeaderLength..^TagLength];
        payload.CopyTo(plaintext);
        plaintext[payload.Length] = LastRecordDelimiter;
        plaintext[(payload.Length + 1)..].Clear();

        Span<byte> key = stackalloc byte[KeySchedule.KeyLength];
        Span<byte> nonce = stackalloc byte[KeySchedule.NonceLength];
        KeySchedule.Derive(subscription, ephemeral, ephemeralPoint, salt, key, nonce);
        using (var aes = new AesGcm(key, TagLength))
        {
            aes.Encrypt(nonce, plaintext, plaintext, record[^TagLength..]);
        }

        CryptographicOperations.ZeroMemory(key);
        return record.Length;
    }
}
