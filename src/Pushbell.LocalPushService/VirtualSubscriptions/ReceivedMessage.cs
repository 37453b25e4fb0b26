using System.Security.Cryptography;
using System.Text;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>A message as a virtual subscription got it.</summary>
public sealed class ReceivedMessage
{
    private readonly PushMessage message;

    // Decrypting takes far longer than receiving, and a load test looks at few of its messages.
    private readonly Lazy<Decrypted> decrypted;

    internal ReceivedMessage(PushMessage message, ReceiverKeys keys)
    {
        this.message = message;
        decrypted = new Lazy<Decrypted>(() => Decrypt(message.Body, keys));
    }

    /// <summary>The last part of the message's Location.</summary>
    public string Id => message.Id;

    /// <summary>The content; empty for a push without one, null when it cannot be decrypted.</summary>
    public byte[]? Plaintext => decrypted.Value.Plaintext;

    /// <summary>The content as UTF-8; null when it cannot be decrypted.</summary>
    public string? Text => Plaintext is { } plaintext ? Encoding.UTF8.GetString(plaintext) : null;

    /// <summary>Why the content cannot be decrypted; null when it can.</summary>
    public string? DecryptionError => decrypted.Value.Error;

    /// <summary>The encrypted body as it came.</summary>
    public ReadOnlyMemory<byte> Body => message.Body;

    /// <summary>Seconds, as the push service used them: never above 2,592,000.</summary>
    public int Ttl => message.Terms.Ttl;

    /// <summary><c>very-low</c>, <c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public string Urgency => message.Terms.Urgency;

    public string? Topic => message.Terms.Topic;

    /// <summary>By the service's clock.</summary>
    public DateTimeOffset ReceivedAt => message.ReceivedAt;

    /// <summary>All request headers; names compare case-insensitively, repeated ones are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers => message.Headers;

    private static Decrypted Decrypt(byte[] body, ReceiverKeys keys)
    {
        if (body.Length == 0)
            return new Decrypted([], null);

        try
        {
            return new Decrypted(MessageDecryption.Decrypt(body, keys), null);
        }
        catch (CryptographicException e)
        {
            return new Decrypted(null, e.Message);
        }
    }

    private sealed record Decrypted(byte[]? Plaintext, string? Error);
}
