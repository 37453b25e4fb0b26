namespace Pushbell.WebPush;

/// <summary>One message to one browser, before encryption.</summary>
/// <param name="Payload">What the service worker receives: at most <see cref="MaxPayloadLength"/> bytes, may be empty.</param>
/// <param name="Ttl">
/// How long the push service keeps the message for a browser that is away (RFC 8030 §5.2); whole seconds are sent, fractions cut off.
/// Nothing or less sends 0. Each push service has a longest time, beyond which the longest is sent.
/// </param>
public sealed record PushMessage(ReadOnlyMemory<byte> Payload, TimeSpan Ttl)
{
    /// <summary>The plaintext that fits one 4,096-byte record (RFC 8291 §4).</summary>
    public const int MaxPayloadLength = 3993;

    /// <summary>The largest useful <see cref="PadTo"/>; Firefox for Android does not take full records.</summary>
    public const int MaxPadding = 2048;

    /// <summary>How much it matters to a browser that saves power (RFC 8030 §5.3).</summary>
    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    /// <summary>A waiting message with the same topic is replaced by this one (RFC 8030 §5.4).</summary>
    public PushTopic? Topic { get; init; }

    /// <summary>Shorter payloads are padded to this length in bytes, so that their real length is not seen; 0 pads nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than <see cref="MaxPadding"/>.</exception>
    public int PadTo
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxPadding);
            field = value;
        }
    }
}
