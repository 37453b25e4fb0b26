using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Turns a payload into the body of a push request: one <c>aes128gcm</c> record (RFC 8188 §2), keyed by RFC 8291 §3.</summary>
/// <remarks>The record: salt (16) | record size (4) | key length (1) | ephemeral public key (65) | ciphertext | tag (16).</remarks>
internal sealed class MessageEncryptor(IPrimitives primitives)
{
    public const int SaltLength = 16;
    public const int MaxRecordLength = 4096;
    private const int TagLength = 16;
    private const int PointOffset = SaltLength + sizeof(int) + 1;
    private const int HeaderLength = PointOffset + P256.PointLength;

    /// <summary>Ends the plaintext of the last record (RFC 8188 §2); what follows it is padding.</summary>
    private const byte LastRecordDelimiter = 0x02;

    /// <summary>Who computes, for a log line.</summary>
    public string Name => primitives.Name;

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
    /// <exception cref="CryptographicException">The subscription was never validated, and its keys are none of a browser's.</exception>
    public int Encrypt(PushSubscription subscription, ReadOnlySpan<byte> payload, int padTo, Span<byte> record)
    {
        record = LayOut(subscription, payload, padTo, record);
        Span<byte> secret = stackalloc byte[P256.CoordinateLength];
        primitives.FillSalt(record[..SaltLength]);
        primitives.Agree(subscription.P256dh.Span, record.Slice(PointOffset, P256.PointLength), secret);
        Seal(subscription, record, secret);
        return record.Length;
    }

    /// <summary>The same with a given private key and salt, as test vectors have them.</summary>
    internal int Encrypt(
        PushSubscription subscription,
        ReadOnlySpan<byte> payload,
        int padTo,
        Span<byte> record,
        ReadOnlySpan<byte> scalar,
        ReadOnlySpan<byte> salt
    )
    {
        record = LayOut(subscription, payload, padTo, record);
        Span<byte> secret = stackalloc byte[P256.CoordinateLength];
        salt.CopyTo(record[..SaltLength]);
        primitives.Agree(scalar, subscription.P256dh.Span, record.Slice(PointOffset, P256.PointLength), secret);
        Seal(subscription, record, secret);
        return record.Length;
    }

    /// <summary>Writes what needs no secret, and the plaintext where the ciphertext will be.</summary>
    private static Span<byte> LayOut(PushSubscription subscription, ReadOnlySpan<byte> payload, int padTo, Span<byte> record)
    {
        // The one check that every path shares: OpenSSL would also take the hybrid form of a point (SEC 1 §2.3.3 has no such form).
        if (!P256.IsUncompressed(subscription.P256dh.Span) || subscription.Auth.Length != PushSubscription.AuthLength)
        {
            throw new CryptographicException("A subscription's keys are an uncompressed point of 65 bytes and a secret of 16.");
        }

        record = record[..RecordLength(payload.Length, padTo)];
        BinaryPrimitives.WriteInt32BigEndian(record[SaltLength..], MaxRecordLength);
        record[PointOffset - 1] = P256.PointLength;
        var plaintext = record[HeaderLength..^TagLength];
        payload.CopyTo(plaintext);
        plaintext[payload.Length] = LastRecordDelimiter;
        plaintext[(payload.Length + 1)..].Clear();
        return record;
    }

    private void Seal(PushSubscription subscription, Span<byte> record, Span<byte> secret)
    {
        Span<byte> key = stackalloc byte[KeySchedule.KeyLength];
        Span<byte> nonce = stackalloc byte[KeySchedule.NonceLength];
        try
        {
            KeySchedule.Derive(primitives, subscription, record.Slice(PointOffset, P256.PointLength), secret, record[..SaltLength], key, nonce);
            primitives.Seal(key, nonce, record[HeaderLength..^TagLength], record[^TagLength..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(nonce);
        }
    }
}
